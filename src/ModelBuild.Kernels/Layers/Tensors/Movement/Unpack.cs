using System;

namespace ModelBuild.Kernels;

/// <summary>Takes one element along an axis, which is dropped: an output of TensorFlow's Unpack.</summary>
internal static class Unpack
{
    /// <summary>Shape of every output.</summary>
    public static int[] OutputShape(ReadOnlySpan<int> shape, int axis)
    {
        axis = Shapes.Axis(axis, shape.Length);
        int[] output = new int[shape.Length - 1];
        shape.Slice(0, axis).CopyTo(output);
        shape.Slice(axis + 1).CopyTo(output.AsSpan(axis));
        return output;
    }

    /// <summary>Reads one output.</summary>
    /// <param name="source">The stack, row-major.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="axis">The axis, from 0.</param>
    /// <param name="index">Which element along it.</param>
    /// <param name="destination">The output.</param>
    public static void Run<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> shape, int axis, int index, Span<T> destination) =>
        Split.Run(source, shape, axis, index, 1, destination);
}

/// <inheritdoc cref="Unpack"/>
/// <param name="input">The stack.</param>
/// <param name="output">One of the outputs.</param>
/// <param name="axis">The axis, from 0.</param>
/// <param name="index">Which element along it.</param>
internal sealed class Unpack<T>(FlatBuffer<T> input, FlatBuffer<T> output, int axis, int index) : Layer
    where T : unmanaged
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, Unpack.OutputShape(input.Shape, axis));

    public override void Run(Workspace workspace) =>
        Unpack.Run<T>(workspace.Elements(input), input.Shape, axis, index, workspace.Elements(_output));
}
