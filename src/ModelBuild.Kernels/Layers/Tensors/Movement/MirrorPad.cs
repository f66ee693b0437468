using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Puts mirror images of an array around it: TensorFlow's MirrorPad. The output's shape is that of <see cref="Pad"/>.
/// </summary>
internal static class MirrorPad
{
    /// <summary>Pads.</summary>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="paddings">[rank][2]: elements before and after, by axis; at most the dimension, less one if not symmetric.</param>
    /// <param name="symmetric">The mirror lies on the border, so that the outermost element is repeated; otherwise on its element.</param>
    /// <param name="destination">Output.</param>
    /// <remarks>From the last axis to the first; an axis mirrors what the later axes have already completed.</remarks>
    public static void Run<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<int> paddings, bool symmetric, Span<T> destination)
    {
        int rank = shape.Length;
        Pad.CopyInside(source, shape, paddings, destination);
        Span<int> strides = stackalloc int[rank];
        Span<int> walk = stackalloc int[rank];
        Span<int> box = stackalloc int[rank];
        int start = 0;
        int stride = 1;
        for (int axis = rank - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            start += paddings[2 * axis] * stride;
            stride *= paddings[2 * axis] + shape[axis] + paddings[2 * axis + 1];
        }
        shape.CopyTo(box);
        int skip = symmetric ? 0 : 1;
        for (int axis = rank - 1; axis >= 0; axis--)
        {
            int before = paddings[2 * axis];
            int after = paddings[2 * axis + 1];
            Shapes.Require(Math.Max(before, after) <= Math.Max(0, shape[axis] - skip), "a mirror padding is wider than what it mirrors");
            int step = strides[axis];
            strides.CopyTo(walk);
            walk[axis] = -step;
            box[axis] = before;
            StridedCopy.Run(box, destination, start + (before - 1 + skip) * step, walk, destination, start - before * step, strides);
            box[axis] = after;
            int end = start + shape[axis] * step;
            StridedCopy.Run(box, destination, end - (1 + skip) * step, walk, destination, end, strides);
            box[axis] = before + shape[axis] + after;
            start -= before * step;
        }
    }
}

/// <inheritdoc cref="MirrorPad"/>
/// <param name="input">Input.</param>
/// <param name="output">Output.</param>
/// <param name="paddings">[rank][2]: elements before and after, by axis.</param>
/// <param name="symmetric">The outermost element is repeated.</param>
internal sealed class MirrorPad<T>(FlatBuffer<T> input, FlatBuffer<T> output, int[] paddings, bool symmetric) : Layer
    where T : unmanaged
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, Pad.OutputShape(input.Shape, paddings));

    public override void Run(Workspace workspace) =>
        MirrorPad.Run<T>(workspace.Elements(input), input.Shape, paddings, symmetric, workspace.Elements(_output));
}
