using System;

namespace ModelBuild.Kernels;

/// <summary>Shifts elements along axes; what leaves at one end comes in at the other.</summary>
internal static class Roll
{
    /// <summary>Shifts.</summary>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Shape of input and output.</param>
    /// <param name="shifts">Steps towards higher indices, by entry of <paramref name="axes"/>.</param>
    /// <param name="axes">The axes; one named several times is shifted by the sum. Negative counts from the end.</param>
    /// <param name="destination">Output.</param>
    /// <remarks>Each shifted axis falls into two pieces, so that the box falls into 2^n, which keep their inner order.</remarks>
    public static void Run<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<int> shifts, ReadOnlySpan<int> axes, Span<T> destination)
    {
        if (source.Length == 0) return;
        int rank = shape.Length;
        Span<int> shift = stackalloc int[rank];
        Span<int> strides = stackalloc int[rank];
        Span<int> box = stackalloc int[rank];
        shift.Clear();
        Shapes.Strides(shape, strides);
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = Shapes.Axis(axes[i], rank);
            shift[axis] = (int)((((long)shift[axis] + shifts[i]) % shape[axis] + shape[axis]) % shape[axis]);
        }
        for (int pieces = 0; pieces < 1 << rank; pieces++)
        {
            int read = 0;
            int write = 0;
            for (int axis = 0; axis < rank; axis++)
            {
                bool wraps = (pieces >> axis & 1) != 0;
                box[axis] = wraps ? shift[axis] : shape[axis] - shift[axis];
                if (wraps) read += (shape[axis] - shift[axis]) * strides[axis];
                else write += shift[axis] * strides[axis];
            }
            StridedCopy.Run(box, source, read, strides, destination, write, strides);
        }
    }
}

/// <inheritdoc cref="Roll"/>
/// <param name="input">Input.</param>
/// <param name="output">Output, of the same shape.</param>
/// <param name="shifts">Steps towards higher indices.</param>
/// <param name="axes">The axes.</param>
internal sealed class Roll<T>(FlatBuffer<T> input, FlatBuffer<T> output, int[] shifts, int[] axes) : Layer
    where T : unmanaged
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) =>
        Roll.Run<T>(workspace.Elements(input), input.Shape, shifts, axes, workspace.Elements(_output));
}
