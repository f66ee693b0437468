using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Picks elements along an axis by a list of indices (GatherV2, with batch axes; embedding lookup).</summary>
internal static class Gather
{
    /// <summary>Shape of the result: the axis of the input replaced by the axes of the indices after the batch axes.</summary>
    /// <param name="shape">Shape of the input.</param>
    /// <param name="indicesShape">Shape of the indices.</param>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="batchDimensions">Leading axes that input and indices share; negative counts from the end of the indices.</param>
    public static int[] OutputShape(ReadOnlySpan<int> shape, ReadOnlySpan<int> indicesShape, int axis, int batchDimensions)
    {
        axis = Shapes.Axis(axis, shape.Length);
        if (batchDimensions < 0) batchDimensions += indicesShape.Length;
        bool fits = batchDimensions >= 0 && batchDimensions <= axis && batchDimensions <= indicesShape.Length;
        Shapes.Require(fits && shape.Slice(0, batchDimensions).SequenceEqual(indicesShape.Slice(0, batchDimensions)), "batch axes of a gather differ");
        int picked = indicesShape.Length - batchDimensions;
        int[] output = new int[shape.Length - 1 + picked];
        shape.Slice(0, axis).CopyTo(output);
        indicesShape.Slice(batchDimensions).CopyTo(output.AsSpan(axis));
        shape.Slice(axis + 1).CopyTo(output.AsSpan(axis + picked));
        return output;
    }

    /// <summary>Picks.</summary>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="indices">Indices, batch axes first.</param>
    /// <param name="axis">The axis, from 0.</param>
    /// <param name="batchDimensions">Leading axes that input and indices share, from 0.</param>
    /// <param name="destination">Output.</param>
    /// <exception cref="ArgumentException">An index is outside the axis.</exception>
    public static void Run<T, TIndex>(
        ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<TIndex> indices, int axis, int batchDimensions, Span<T> destination)
        where TIndex : IBinaryInteger<TIndex>
    {
        int batches = Shapes.Elements(shape.Slice(0, batchDimensions));
        int outer = Shapes.Elements(shape.Slice(batchDimensions, axis - batchDimensions));
        int inner = Shapes.Elements(shape.Slice(axis + 1));
        if (batches == 0) return;
        int count = indices.Length / batches;
        int write = 0;
        for (int batch = 0; batch < batches; batch++)
        {
            ReadOnlySpan<TIndex> picked = indices.Slice(batch * count, count);
            for (int row = 0; row < outer; row++)
            {
                int start = (batch * outer + row) * shape[axis];
                foreach (TIndex index in picked)
                {
                    int read = (start + Indices.Read(index, shape[axis])) * inner;
                    if (inner == 1) destination[write] = source[read];
                    else source.Slice(read, inner).CopyTo(destination.Slice(write));
                    write += inner;
                }
            }
        }
    }
}

/// <inheritdoc cref="Gather"/>
/// <param name="input">Input.</param>
/// <param name="indices">Indices.</param>
/// <param name="output">Output.</param>
/// <param name="axis">The axis, from 0.</param>
/// <param name="batchDimensions">Leading axes that input and indices share.</param>
internal sealed class Gather<T, TIndex>(
    FlatBuffer<T> input, FlatBuffer<TIndex> indices, FlatBuffer<T> output, int axis, int batchDimensions) : Layer
    where T : unmanaged
    where TIndex : unmanaged, IBinaryInteger<TIndex>
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, Gather.OutputShape(input.Shape, indices.Shape, axis, batchDimensions));

    public override void Run(Workspace workspace) => Gather.Run<T, TIndex>(
        workspace.Elements(input), input.Shape, workspace.Elements(indices), axis, batchDimensions, workspace.Elements(_output));
}
