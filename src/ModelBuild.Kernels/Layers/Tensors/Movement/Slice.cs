using System;

namespace ModelBuild.Kernels;

/// <summary>Cuts a box out of an array.</summary>
internal static class Slice
{
    /// <summary>Shape of the result; a size of -1 takes the rest of its axis.</summary>
    public static int[] OutputShape(ReadOnlySpan<int> shape, ReadOnlySpan<int> begin, ReadOnlySpan<int> size)
    {
        Shapes.Require(begin.Length == shape.Length && size.Length == shape.Length, "a slice has not the rank of its input");
        int[] output = new int[shape.Length];
        for (int axis = 0; axis < output.Length; axis++)
        {
            output[axis] = size[axis] == -1 ? shape[axis] - begin[axis] : size[axis];
            bool inside = begin[axis] >= 0 && output[axis] >= 0 && begin[axis] <= shape[axis] - output[axis];
            Shapes.Require(inside, "a slice reaches outside its input");
        }
        return output;
    }

    /// <summary>Cuts out.</summary>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="begin">First element along each axis.</param>
    /// <param name="outputShape">Elements along each axis, as <see cref="OutputShape"/> gives them.</param>
    /// <param name="destination">Output.</param>
    public static void Run<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<int> begin, ReadOnlySpan<int> outputShape, Span<T> destination)
    {
        Span<int> strides = stackalloc int[shape.Length];
        Shapes.Strides(shape, strides);
        int start = 0;
        for (int axis = 0; axis < shape.Length; axis++) start += begin[axis] * strides[axis];
        StridedCopy.Run(outputShape, source, start, strides, destination);
    }
}

/// <inheritdoc cref="Slice"/>
/// <param name="input">Input.</param>
/// <param name="output">Output; its shape is the size of the slice.</param>
/// <param name="begin">First element along each axis.</param>
internal sealed class Slice<T>(FlatBuffer<T> input, FlatBuffer<T> output, int[] begin) : Layer
    where T : unmanaged
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, Slice.OutputShape(input.Shape, begin, output.Shape));

    public override void Run(Workspace workspace) =>
        Slice.Run<T>(workspace.Elements(input), input.Shape, begin, _output.Shape, workspace.Elements(_output));
}
