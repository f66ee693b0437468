using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Picks slices by coordinate tuples, the last axis of the indices.</summary>
internal static class GatherNd
{
    /// <summary>Shape of the result: indices[:-1] + shape[batch + tuple length:].</summary>
    /// <param name="shape">Shape of the input.</param>
    /// <param name="indicesShape">Shape of the indices.</param>
    /// <param name="batchDimensions">Leading axes that input and indices share.</param>
    public static int[] OutputShape(ReadOnlySpan<int> shape, ReadOnlySpan<int> indicesShape, int batchDimensions)
    {
        Shapes.Require(indicesShape.Length > batchDimensions && shape.Length >= batchDimensions, "indices have too few axes");
        Shapes.Require(shape.Slice(0, batchDimensions).SequenceEqual(indicesShape.Slice(0, batchDimensions)), "batch axes of a gather differ");
        int coordinates = indicesShape[^1];
        Shapes.Require(batchDimensions + coordinates <= shape.Length, "coordinate tuples are longer than the input's rank");
        ReadOnlySpan<int> slice = shape.Slice(batchDimensions + coordinates);
        int[] output = new int[indicesShape.Length - 1 + slice.Length];
        indicesShape.Slice(0, indicesShape.Length - 1).CopyTo(output);
        slice.CopyTo(output.AsSpan(indicesShape.Length - 1));
        return output;
    }

    /// <summary>Picks.</summary>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="indices">Coordinate tuples, batch axes first.</param>
    /// <param name="coordinates">Length of a tuple.</param>
    /// <param name="batchDimensions">Leading axes that input and indices share.</param>
    /// <param name="destination">Output.</param>
    /// <exception cref="ArgumentException">An index is outside its axis.</exception>
    public static void Run<T, TIndex>(
        ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<TIndex> indices, int coordinates, int batchDimensions, Span<T> destination)
        where TIndex : IBinaryInteger<TIndex>
    {
        int batches = Shapes.Elements(shape.Slice(0, batchDimensions));
        ReadOnlySpan<int> indexed = shape.Slice(batchDimensions, coordinates);
        int positions = Shapes.Elements(indexed);
        int inner = Shapes.Elements(shape.Slice(batchDimensions + coordinates));
        if (batches == 0 || inner == 0) return;
        int tuples = destination.Length / inner / batches;
        for (int tuple = 0; tuple < batches * tuples; tuple++)
        {
            int position = tuple / tuples * positions + Indices.Position(indices.Slice(tuple * coordinates, coordinates), indexed);
            source.Slice(position * inner, inner).CopyTo(destination.Slice(tuple * inner));
        }
    }
}

/// <inheritdoc cref="GatherNd"/>
/// <param name="input">Input.</param>
/// <param name="indices">Coordinate tuples along the last axis.</param>
/// <param name="output">Output.</param>
/// <param name="batchDimensions">Leading axes that input and indices share.</param>
internal sealed class GatherNd<T, TIndex>(FlatBuffer<T> input, FlatBuffer<TIndex> indices, FlatBuffer<T> output, int batchDimensions) : Layer
    where T : unmanaged
    where TIndex : unmanaged, IBinaryInteger<TIndex>
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, GatherNd.OutputShape(input.Shape, indices.Shape, batchDimensions));

    public override void Run(Workspace workspace) => GatherNd.Run<T, TIndex>(
        workspace.Elements(input), input.Shape, workspace.Elements(indices), indices.Shape[^1], batchDimensions, workspace.Elements(_output));
}
