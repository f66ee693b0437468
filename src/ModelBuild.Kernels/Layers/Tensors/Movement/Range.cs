using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Numbers in arithmetic progression.</summary>
internal static class Range
{
    /// <summary>Number of elements from <paramref name="start"/> up to but without <paramref name="limit"/>.</summary>
    /// <exception cref="ArgumentException">The step is 0 or leads away from the limit, or there are too many elements.</exception>
    public static int Length<T>(T start, T limit, T delta) where T : INumber<T>
    {
        Shapes.Require(delta != T.Zero, "a range has step 0");
        Shapes.Require(delta > T.Zero ? start <= limit : start >= limit, "a range's step leads away from its limit");
        // Of fractions as TensorFlow has it: the quotient is rounded to the type first. Of integers exactly, without overflow.
        bool isInteger = T.One / (T.One + T.One) == T.Zero;
        double length = isInteger
            ? (double)Quotient(Int128.CreateChecked(limit) - Int128.CreateChecked(start), Int128.CreateChecked(delta))
            : Math.Ceiling(double.CreateChecked(T.Abs((limit - start) / delta)));
        Shapes.Require(length <= int.MaxValue, "a range has too many elements");
        return (int)length;
    }

    /// <summary>Quotient of two numbers of one sign, rounded up.</summary>
    private static Int128 Quotient(Int128 dividend, Int128 divisor) => (Int128.Abs(dividend) + Int128.Abs(divisor) - 1) / Int128.Abs(divisor);

    /// <summary>Fills with start, start + delta, ...; each is the one before plus the step, as TensorFlow adds.</summary>
    public static void Run<T>(T start, T delta, Span<T> destination) where T : INumber<T>
    {
        T value = start;
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = value;
            value += delta;
        }
    }
}

/// <inheritdoc cref="Range"/>
/// <param name="start">First number, one element.</param>
/// <param name="delta">Step, one element.</param>
/// <param name="output">Output; its length is the range's.</param>
internal sealed class Range<T>(FlatBuffer<T> start, FlatBuffer<T> delta, FlatBuffer<T> output) : Layer
    where T : unmanaged, INumber<T>
{
    public override void Run(Workspace workspace) =>
        Range.Run(workspace.Elements(start)[0], workspace.Elements(delta)[0], workspace.Elements(output));
}
