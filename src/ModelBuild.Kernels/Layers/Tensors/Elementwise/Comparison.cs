using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Compares numbers of arrays that are broadcast to each other.</summary>
internal static class Comparison
{
    /// <summary>Compares; arguments as those of <see cref="Binary.Run"/>.</summary>
    public static void Run<T>(
        ComparisonFunction function, ReadOnlySpan<T> left, ReadOnlySpan<int> leftShape, ReadOnlySpan<T> right, ReadOnlySpan<int> rightShape,
        Span<bool> destination)
        where T : IComparisonOperators<T, T, bool>
    {
        switch (function)
        {
            case ComparisonFunction.Equal: Binary.Run<T, bool, EqualFunction<T>>(left, leftShape, right, rightShape, destination); break;
            case ComparisonFunction.NotEqual: Binary.Run<T, bool, NotEqualFunction<T>>(left, leftShape, right, rightShape, destination); break;
            case ComparisonFunction.Less: Binary.Run<T, bool, LessFunction<T>>(left, leftShape, right, rightShape, destination); break;
            case ComparisonFunction.LessEqual: Binary.Run<T, bool, LessEqualFunction<T>>(left, leftShape, right, rightShape, destination); break;
            case ComparisonFunction.Greater: Binary.Run<T, bool, LessFunction<T>>(right, rightShape, left, leftShape, destination); break;
            case ComparisonFunction.GreaterEqual: Binary.Run<T, bool, LessEqualFunction<T>>(right, rightShape, left, leftShape, destination); break;
            default: throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such comparison.");
        }
    }

    private readonly struct EqualFunction<T> : IBinaryFunction<T, bool> where T : IComparisonOperators<T, T, bool>
    {
        public static bool Apply(T left, T right) => left == right;
    }

    private readonly struct NotEqualFunction<T> : IBinaryFunction<T, bool> where T : IComparisonOperators<T, T, bool>
    {
        public static bool Apply(T left, T right) => left != right;
    }

    private readonly struct LessFunction<T> : IBinaryFunction<T, bool> where T : IComparisonOperators<T, T, bool>
    {
        public static bool Apply(T left, T right) => left < right;
    }

    private readonly struct LessEqualFunction<T> : IBinaryFunction<T, bool> where T : IComparisonOperators<T, T, bool>
    {
        public static bool Apply(T left, T right) => left <= right;
    }
}

/// <inheritdoc cref="Comparison"/>
/// <param name="left">Left operand.</param>
/// <param name="right">Right operand.</param>
/// <param name="output">Output.</param>
/// <param name="function">A name of <see cref="ComparisonFunction"/>.</param>
internal sealed class Comparison<T>(FlatBuffer<T> left, FlatBuffer<T> right, FlatBuffer<bool> output, string function) : Layer
    where T : unmanaged, IComparisonOperators<T, T, bool>
{
    private readonly ComparisonFunction _function = Enum.Parse<ComparisonFunction>(function);
    private readonly FlatBuffer<bool> _output = Shapes.Shaped(output, Shapes.Broadcast(left.Shape, right.Shape));

    public override void Run(Workspace workspace) => Comparison.Run<T>(
        _function, workspace.Elements(left), left.Shape, workspace.Elements(right), right.Shape, workspace.Elements(_output));
}
