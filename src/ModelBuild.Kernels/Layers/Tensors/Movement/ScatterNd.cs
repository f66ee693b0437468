using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Adds slices into an array of zeros at coordinate tuples; slices for the same place add up.</summary>
internal static class ScatterNd
{
    /// <summary>Checks the shapes as TensorFlow does: updates are indices[:-1] + shape[tuple length:].</summary>
    public static void Check(ReadOnlySpan<int> shape, ReadOnlySpan<int> indicesShape, ReadOnlySpan<int> updatesShape) =>
        Shapes.Require(updatesShape.SequenceEqual(GatherNd.OutputShape(shape, indicesShape, 0)), "updates have not the shape of the indexed slices");

    /// <summary>Clears the output and adds.</summary>
    /// <param name="indices">Coordinate tuples.</param>
    /// <param name="coordinates">Length of a tuple.</param>
    /// <param name="updates">A slice a tuple.</param>
    /// <param name="shape">Shape of the output.</param>
    /// <param name="destination">Output.</param>
    /// <exception cref="ArgumentException">An index is outside its axis.</exception>
    public static void Run<T, TIndex>(
        ReadOnlySpan<TIndex> indices, int coordinates, ReadOnlySpan<T> updates, ReadOnlySpan<int> shape, Span<T> destination)
        where T : INumberBase<T>
        where TIndex : IBinaryInteger<TIndex>
    {
        destination.Clear();
        TensorScatterUpdate.Apply<T, TIndex, AddFunction<T>>(indices, coordinates, updates, shape, destination);
    }
}

/// <inheritdoc cref="ScatterNd"/>
internal sealed class ScatterNd<T, TIndex> : Layer
    where T : unmanaged, INumberBase<T>
    where TIndex : unmanaged, IBinaryInteger<TIndex>
{
    private readonly FlatBuffer<TIndex> _indices;
    private readonly FlatBuffer<T> _updates;
    private readonly FlatBuffer<T> _output;

    /// <param name="indices">Coordinate tuples along the last axis.</param>
    /// <param name="updates">A slice a tuple.</param>
    /// <param name="output">Output.</param>
    public ScatterNd(FlatBuffer<TIndex> indices, FlatBuffer<T> updates, FlatBuffer<T> output)
    {
        ScatterNd.Check(output.Shape, indices.Shape, updates.Shape);
        _indices = indices;
        _updates = updates;
        _output = output;
    }

    public override void Run(Workspace workspace) => ScatterNd.Run<T, TIndex>(
        workspace.Elements(_indices), _indices.Shape[^1], workspace.Elements(_updates), _output.Shape, workspace.Elements(_output));
}
