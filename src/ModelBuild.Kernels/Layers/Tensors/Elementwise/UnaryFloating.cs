using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// A function of each floating-point number of an array. For float the functions that <see cref="UnaryFloat"/> has run there; all
/// others are computed in double and rounded once.
/// </summary>
internal static class UnaryFloating
{
    /// <summary>Applies the function.</summary>
    /// <param name="function">A name of <see cref="UnaryFunction"/>, for float also of <see cref="FloatFunction"/>.</param>
    /// <param name="source">Input.</param>
    /// <param name="destination">Output, as long; may be the input.</param>
    public static void Run<T>(string function, ReadOnlySpan<T> source, Span<T> destination) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float) && Enum.TryParse(function, out FloatFunction fast))
        {
            UnaryFloat.Run(
                fast, System.Runtime.InteropServices.MemoryMarshal.Cast<T, float>(source), System.Runtime.InteropServices.MemoryMarshal.Cast<T, float>(destination));
            return;
        }
        UnaryFunction parsed = Enum.Parse<UnaryFunction>(function);
        destination = destination.Slice(0, source.Length);
        for (int i = 0; i < source.Length; i++) destination[i] = T.CreateTruncating(DoubleMath.Apply(parsed, double.CreateTruncating(source[i])));
    }
}

/// <inheritdoc cref="UnaryFloating"/>
/// <param name="input">Input.</param>
/// <param name="output">Output.</param>
/// <param name="function">A name of <see cref="UnaryFunction"/>, for float also of <see cref="FloatFunction"/>.</param>
internal sealed class UnaryFloating<T>(FlatBuffer<T> input, FlatBuffer<T> output, string function) : Layer
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) => UnaryFloating.Run<T>(function, workspace.Elements(input), workspace.Elements(_output));
}
