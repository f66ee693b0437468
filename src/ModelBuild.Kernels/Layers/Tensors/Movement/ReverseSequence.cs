using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Turns around the first elements along a time axis, as many as each sequence of a batch is long.</summary>
internal static class ReverseSequence
{
    /// <summary>Turns around.</summary>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Shape of input and output.</param>
    /// <param name="lengths">Length of each sequence of the batch; what comes after it stays in order.</param>
    /// <param name="timeAxis">The axis that is turned around, from 0.</param>
    /// <param name="batchAxis">The axis along which sequences lie, from 0.</param>
    /// <param name="destination">Output.</param>
    public static void Run<T, TIndex>(
        ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<TIndex> lengths, int timeAxis, int batchAxis, Span<T> destination)
        where TIndex : IBinaryInteger<TIndex>
    {
        Shapes.Require(timeAxis != batchAxis && lengths.Length == shape[batchAxis], "sequence lengths are not one a sequence");
        int rank = shape.Length;
        Span<int> strides = stackalloc int[rank];
        Span<int> walk = stackalloc int[rank];
        Span<int> box = stackalloc int[rank];
        Shapes.Strides(shape, strides);
        strides.CopyTo(walk);
        shape.CopyTo(box);
        box[batchAxis] = 1;
        int step = strides[timeAxis];
        for (int batch = 0; batch < lengths.Length; batch++)
        {
            int length = int.CreateSaturating(lengths[batch]);
            Shapes.Require(length >= 0 && length <= shape[timeAxis], "a sequence is longer than the time axis");
            int start = batch * strides[batchAxis];
            box[timeAxis] = length;
            walk[timeAxis] = -step;
            StridedCopy.Run(box, source, start + (length - 1) * step, walk, destination, start, strides);
            box[timeAxis] = shape[timeAxis] - length;
            StridedCopy.Run(box, source, start + length * step, strides, destination, start + length * step, strides);
        }
    }
}

/// <inheritdoc cref="ReverseSequence"/>
/// <param name="input">Input.</param>
/// <param name="lengths">Length of each sequence.</param>
/// <param name="output">Output, of the input's shape.</param>
/// <param name="timeAxis">The axis that is turned around, from 0.</param>
/// <param name="batchAxis">The axis along which sequences lie, from 0.</param>
internal sealed class ReverseSequence<T, TIndex>(
    FlatBuffer<T> input, FlatBuffer<TIndex> lengths, FlatBuffer<T> output, int timeAxis, int batchAxis) : Layer
    where T : unmanaged
    where TIndex : unmanaged, IBinaryInteger<TIndex>
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) => ReverseSequence.Run<T, TIndex>(
        workspace.Elements(input), input.Shape, workspace.Elements(lengths), timeAxis, batchAxis, workspace.Elements(_output));
}
