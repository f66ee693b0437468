using System;

namespace ModelBuild.Kernels;

/// <summary>Takes every n-th element of a range along each axis; <see cref="StridedSliceRange"/> resolves TensorFlow's masks.</summary>
internal static class StridedSlice
{
    /// <summary>Takes the elements.</summary>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="begin">First element along each axis, resolved: 0..dimension-1 where the size is not 0.</param>
    /// <param name="strides">Step along each axis, not 0; negative walks backwards.</param>
    /// <param name="size">Elements along each axis.</param>
    /// <param name="destination">Output, elements of the box in row-major order.</param>
    public static void Run<T>(
        ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<int> begin, ReadOnlySpan<int> strides, ReadOnlySpan<int> size, Span<T> destination)
    {
        Span<int> walk = stackalloc int[shape.Length];
        Shapes.Strides(shape, walk);
        int start = 0;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            start += begin[axis] * walk[axis];
            walk[axis] *= strides[axis];
        }
        StridedCopy.Run(size, source, start, walk, destination);
    }
}

/// <inheritdoc cref="StridedSlice"/>
internal sealed class StridedSlice<T> : Layer
    where T : unmanaged
{
    private readonly FlatBuffer<T> _input;
    private readonly FlatBuffer<T> _output;
    private readonly int[] _begin;
    private readonly int[] _strides;
    private readonly int[] _size;

    /// <param name="input">Input.</param>
    /// <param name="output">Output, of any shape with as many elements as the box.</param>
    /// <param name="begin">First element along each axis, resolved.</param>
    /// <param name="strides">Step along each axis.</param>
    /// <param name="size">Elements along each axis.</param>
    public StridedSlice(FlatBuffer<T> input, FlatBuffer<T> output, int[] begin, int[] strides, int[] size)
    {
        Shapes.Require(Shapes.Elements(size) == output.Length, "a slice and its output differ in length");
        for (int axis = 0; axis < size.Length; axis++)
        {
            int last = begin[axis] + (size[axis] - 1) * strides[axis];
            bool inside = size[axis] == 0 || ((uint)begin[axis] < (uint)input.Shape[axis] && (uint)last < (uint)input.Shape[axis]);
            Shapes.Require(inside, "a slice reaches outside its input");
        }
        _input = input;
        _output = output;
        _begin = begin;
        _strides = strides;
        _size = size;
    }

    public override void Run(Workspace workspace) =>
        StridedSlice.Run<T>(workspace.Elements(_input), _input.Shape, _begin, _strides, _size, workspace.Elements(_output));
}
