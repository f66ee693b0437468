using System;

namespace ModelBuild.Kernels;

/// <summary>Puts a constant around an array.</summary>
internal static class Pad
{
    /// <summary>Shape of the padded array.</summary>
    /// <param name="shape">Shape of the input.</param>
    /// <param name="paddings">[rank][2]: elements before and after, by axis.</param>
    public static int[] OutputShape(ReadOnlySpan<int> shape, ReadOnlySpan<int> paddings)
    {
        Shapes.Require(paddings.Length == 2 * shape.Length, "paddings are not two an axis");
        int[] output = new int[shape.Length];
        for (int axis = 0; axis < output.Length; axis++)
        {
            Shapes.Require(paddings[2 * axis] >= 0 && paddings[2 * axis + 1] >= 0, "a padding is negative");
            output[axis] = checked(paddings[2 * axis] + shape[axis] + paddings[2 * axis + 1]);
        }
        return output;
    }

    /// <summary>Pads.</summary>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="paddings">[rank][2]: elements before and after, by axis.</param>
    /// <param name="value">What is put around.</param>
    /// <param name="destination">Output.</param>
    public static void Run<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<int> paddings, T value, Span<T> destination)
    {
        destination.Fill(value);
        CopyInside(source, shape, paddings, destination);
    }

    /// <summary>Writes the input into its place in the padded array, whose other elements stay.</summary>
    public static void CopyInside<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<int> paddings, Span<T> destination)
    {
        int rank = shape.Length;
        Span<int> from = stackalloc int[rank];
        Span<int> to = stackalloc int[rank];
        Shapes.Strides(shape, from);
        int start = 0;
        int stride = 1;
        for (int axis = rank - 1; axis >= 0; axis--)
        {
            to[axis] = stride;
            start += paddings[2 * axis] * stride;
            stride *= paddings[2 * axis] + shape[axis] + paddings[2 * axis + 1];
        }
        StridedCopy.Run(shape, source, 0, from, destination, start, to);
    }
}

/// <inheritdoc cref="Pad"/>
/// <param name="input">Input.</param>
/// <param name="value">What is put around, one element.</param>
/// <param name="output">Output.</param>
/// <param name="paddings">[rank][2]: elements before and after, by axis.</param>
internal sealed class Pad<T>(FlatBuffer<T> input, FlatBuffer<T> value, FlatBuffer<T> output, int[] paddings) : Layer
    where T : unmanaged
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, Pad.OutputShape(input.Shape, paddings));

    public override void Run(Workspace workspace) =>
        Pad.Run(workspace.Elements(input), input.Shape, paddings, workspace.Elements(value)[0], workspace.Elements(_output));
}
