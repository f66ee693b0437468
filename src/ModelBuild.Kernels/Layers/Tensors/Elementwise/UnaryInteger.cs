using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>A function of each integer of an array; results wrap around. Roundings leave integers as they are.</summary>
internal static class UnaryInteger
{
    /// <summary>Applies the function.</summary>
    /// <param name="function">Abs, Negate, Sign, Square, Relu, Relu6, BitwiseNot, Round, Floor or Ceil.</param>
    /// <param name="source">Input.</param>
    /// <param name="destination">Output, as long; may be the input.</param>
    public static void Run<T>(UnaryFunction function, ReadOnlySpan<T> source, Span<T> destination) where T : IBinaryInteger<T>
    {
        destination = destination.Slice(0, source.Length);
        for (int i = 0; i < source.Length; i++) destination[i] = Apply(function, source[i]);
    }

    private static T Apply<T>(UnaryFunction function, T x) where T : IBinaryInteger<T>
    {
        switch (function)
        {
            case UnaryFunction.Abs: return T.IsNegative(x) ? T.Zero - x : x;
            case UnaryFunction.Negate: return T.Zero - x;
            case UnaryFunction.Sign: return x == T.Zero ? x : T.IsNegative(x) ? T.Zero - T.One : T.One;
            case UnaryFunction.Square: return x * x;
            case UnaryFunction.Relu: return T.IsNegative(x) ? T.Zero : x;
            case UnaryFunction.Relu6: return T.Clamp(x, T.Zero, T.CreateTruncating(6));
            case UnaryFunction.BitwiseNot: return ~x;
            case UnaryFunction.Round or UnaryFunction.Floor or UnaryFunction.Ceil: return x;
            default: throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such function of integers.");
        }
    }
}

/// <inheritdoc cref="UnaryInteger"/>
/// <param name="input">Input.</param>
/// <param name="output">Output.</param>
/// <param name="function">A name of <see cref="UnaryFunction"/>.</param>
internal sealed class UnaryInteger<T>(FlatBuffer<T> input, FlatBuffer<T> output, string function) : Layer
    where T : unmanaged, IBinaryInteger<T>
{
    private readonly UnaryFunction _function = Enum.Parse<UnaryFunction>(function);
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) => UnaryInteger.Run<T>(_function, workspace.Elements(input), workspace.Elements(_output));
}
