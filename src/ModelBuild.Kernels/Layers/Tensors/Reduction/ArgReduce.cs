using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Finds the index of the greatest or least element along an axis: the lowest such index; what is not a number is passed over.</summary>
internal static class ArgReduce
{
    /// <summary>Finds.</summary>
    /// <param name="least">The least instead of the greatest.</param>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="axis">The axis, from 0; the output lacks it.</param>
    /// <param name="destination">Indices.</param>
    public static void Run<T, TIndex>(bool least, ReadOnlySpan<T> source, ReadOnlySpan<int> shape, int axis, Span<TIndex> destination)
        where T : INumber<T>
        where TIndex : IBinaryInteger<TIndex>
    {
        int length = shape[axis];
        Shapes.Require(length > 0, "an index is asked for along an empty axis");
        int inner = Shapes.Elements(shape.Slice(axis + 1));
        for (int i = 0; i < destination.Length; i++)
        {
            int start = i / inner * length * inner + i % inner;
            int best = 0;
            T value = source[start];
            for (int k = 1; k < length; k++)
            {
                T candidate = source[start + k * inner];
                bool better = (least ? candidate < value : candidate > value) || (T.IsNaN(value) && !T.IsNaN(candidate));
                if (!better) continue;
                best = k;
                value = candidate;
            }
            destination[i] = TIndex.CreateTruncating(best);
        }
    }
}

/// <inheritdoc cref="ArgReduce"/>
/// <param name="input">Input.</param>
/// <param name="output">Indices.</param>
/// <param name="axis">The axis, from 0.</param>
/// <param name="least">The least instead of the greatest.</param>
internal sealed class ArgReduce<T, TIndex>(FlatBuffer<T> input, FlatBuffer<TIndex> output, int axis, bool least) : Layer
    where T : unmanaged, INumber<T>
    where TIndex : unmanaged, IBinaryInteger<TIndex>
{
    private readonly FlatBuffer<TIndex> _output = Shapes.Shaped(output, Unpack.OutputShape(input.Shape, axis));

    public override void Run(Workspace workspace) =>
        ArgReduce.Run<T, TIndex>(least, workspace.Elements(input), input.Shape, axis, workspace.Elements(_output));
}
