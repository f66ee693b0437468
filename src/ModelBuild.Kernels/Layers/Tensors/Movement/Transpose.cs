using System;

namespace ModelBuild.Kernels;

/// <summary>Permutes the axes of an array.</summary>
internal static class Transpose
{
    /// <summary>Shape of the result: axis i of it is axis <c>permutation[i]</c> of the input.</summary>
    public static int[] OutputShape(ReadOnlySpan<int> shape, ReadOnlySpan<int> permutation)
    {
        Shapes.Require(shape.Length == permutation.Length, "a permutation has not the rank of its input");
        int[] output = new int[shape.Length];
        Span<bool> used = stackalloc bool[shape.Length];
        used.Clear();
        for (int axis = 0; axis < output.Length; axis++)
        {
            int from = Shapes.Axis(permutation[axis], shape.Length);
            Shapes.Require(!used[from], "a permutation names an axis twice");
            used[from] = true;
            output[axis] = shape[from];
        }
        return output;
    }

    /// <summary>Transposes.</summary>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="permutation">Which axis of the input each axis of the output is; negative counts from the end.</param>
    /// <param name="destination">Output.</param>
    public static void Run<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<int> permutation, Span<T> destination)
    {
        int rank = shape.Length;
        Span<int> strides = stackalloc int[rank];
        Span<int> size = stackalloc int[rank];
        Span<int> walk = stackalloc int[rank];
        Shapes.Strides(shape, strides);
        for (int axis = 0; axis < rank; axis++)
        {
            int from = Shapes.Axis(permutation[axis], rank);
            size[axis] = shape[from];
            walk[axis] = strides[from];
        }
        StridedCopy.Run(size, source, 0, walk, destination);
    }
}

/// <inheritdoc cref="Transpose"/>
/// <param name="input">Input.</param>
/// <param name="output">Output.</param>
/// <param name="permutation">Which axis of the input each axis of the output is.</param>
internal sealed class Transpose<T>(FlatBuffer<T> input, FlatBuffer<T> output, int[] permutation) : Layer
    where T : unmanaged
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, Transpose.OutputShape(input.Shape, permutation));

    public override void Run(Workspace workspace) =>
        Transpose.Run<T>(workspace.Elements(input), input.Shape, permutation, workspace.Elements(_output));
}
