using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// Replaces slices of an array at coordinate tuples, in order, so that the last one for a place stays. With a binary function
/// other than replacement it is TensorScatterAdd, -Sub, -Max and -Min (<see cref="Apply"/>).
/// </summary>
internal static class TensorScatterUpdate
{
    /// <summary>Copies the input and replaces.</summary>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Shape of input and output.</param>
    /// <param name="indices">Coordinate tuples.</param>
    /// <param name="coordinates">Length of a tuple.</param>
    /// <param name="updates">A slice a tuple.</param>
    /// <param name="destination">Output.</param>
    /// <exception cref="ArgumentException">An index is outside its axis.</exception>
    public static void Run<T, TIndex>(
        ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<TIndex> indices, int coordinates, ReadOnlySpan<T> updates, Span<T> destination)
        where TIndex : IBinaryInteger<TIndex>
    {
        source.CopyTo(destination);
        ReadOnlySpan<int> indexed = shape.Slice(0, coordinates);
        int inner = Shapes.Elements(shape.Slice(coordinates));
        for (int tuple = 0; inner > 0 && tuple < updates.Length / inner; tuple++)
        {
            int position = Indices.Position(indices.Slice(tuple * coordinates, coordinates), indexed);
            updates.Slice(tuple * inner, inner).CopyTo(destination.Slice(position * inner));
        }
    }

    /// <summary>Combines slices with what is there: <c>destination = function(destination, update)</c>.</summary>
    /// <param name="indices">Coordinate tuples.</param>
    /// <param name="coordinates">Length of a tuple.</param>
    /// <param name="updates">A slice a tuple.</param>
    /// <param name="shape">Shape of the destination.</param>
    /// <param name="destination">The array that is changed.</param>
    public static void Apply<T, TIndex, TFunction>(
        ReadOnlySpan<TIndex> indices, int coordinates, ReadOnlySpan<T> updates, ReadOnlySpan<int> shape, Span<T> destination)
        where TIndex : IBinaryInteger<TIndex>
        where TFunction : struct, IBinaryFunction<T, T>
    {
        ReadOnlySpan<int> indexed = shape.Slice(0, coordinates);
        int inner = Shapes.Elements(shape.Slice(coordinates));
        for (int tuple = 0; inner > 0 && tuple < updates.Length / inner; tuple++)
        {
            int position = Indices.Position(indices.Slice(tuple * coordinates, coordinates), indexed);
            Span<T> slice = destination.Slice(position * inner, inner);
            Binary.Same<T, T, TFunction>(slice, updates.Slice(tuple * inner, inner), slice);
        }
    }
}

/// <inheritdoc cref="TensorScatterUpdate"/>
internal sealed class TensorScatterUpdate<T, TIndex> : Layer
    where T : unmanaged
    where TIndex : unmanaged, IBinaryInteger<TIndex>
{
    private readonly FlatBuffer<T> _input;
    private readonly FlatBuffer<TIndex> _indices;
    private readonly FlatBuffer<T> _updates;
    private readonly FlatBuffer<T> _output;

    /// <param name="input">Input.</param>
    /// <param name="indices">Coordinate tuples along the last axis.</param>
    /// <param name="updates">A slice a tuple.</param>
    /// <param name="output">Output.</param>
    public TensorScatterUpdate(FlatBuffer<T> input, FlatBuffer<TIndex> indices, FlatBuffer<T> updates, FlatBuffer<T> output)
    {
        ScatterNd.Check(input.Shape, indices.Shape, updates.Shape);
        _input = input;
        _indices = indices;
        _updates = updates;
        _output = Shapes.Shaped(output, input.Shape);
    }

    public override void Run(Workspace workspace) => TensorScatterUpdate.Run<T, TIndex>(
        workspace.Elements(_input), _input.Shape, workspace.Elements(_indices), _indices.Shape[^1], workspace.Elements(_updates), workspace.Elements(_output));
}
