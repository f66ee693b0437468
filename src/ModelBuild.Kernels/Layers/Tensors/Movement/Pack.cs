using System;

namespace ModelBuild.Kernels;

/// <summary>Stacks arrays of one shape along a new axis; each input is written at its own place.</summary>
internal static class Pack
{
    /// <summary>Shape of the stack.</summary>
    /// <param name="shape">Shape of every input.</param>
    /// <param name="count">Number of inputs.</param>
    /// <param name="axis">Place of the new axis; negative counts from the end of the result.</param>
    public static int[] OutputShape(ReadOnlySpan<int> shape, int count, int axis)
    {
        axis = Shapes.Axis(axis, shape.Length + 1);
        int[] output = new int[shape.Length + 1];
        shape.Slice(0, axis).CopyTo(output);
        output[axis] = count;
        shape.Slice(axis).CopyTo(output.AsSpan(axis + 1));
        return output;
    }

    /// <summary>Writes one input.</summary>
    /// <param name="source">The input, row-major.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="axis">Place of the new axis, from 0.</param>
    /// <param name="index">Which input it is.</param>
    /// <param name="destination">The stack.</param>
    /// <param name="count">Number of inputs.</param>
    public static void Run<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> shape, int axis, int index, Span<T> destination, int count)
    {
        int inner = Shapes.Elements(shape.Slice(axis));
        if (inner == 0) return;
        for (int read = 0, write = index * inner; read < source.Length; read += inner, write += count * inner)
        {
            source.Slice(read, inner).CopyTo(destination.Slice(write));
        }
    }
}

/// <inheritdoc cref="Pack"/>
/// <param name="input">One of the inputs.</param>
/// <param name="output">The stack.</param>
/// <param name="axis">Place of the new axis, from 0.</param>
/// <param name="index">Which input it is.</param>
internal sealed class Pack<T>(FlatBuffer<T> input, FlatBuffer<T> output, int axis, int index) : Layer
    where T : unmanaged
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, Pack.OutputShape(input.Shape, output.Shape[axis], axis));

    public override void Run(Workspace workspace) =>
        Pack.Run<T>(workspace.Elements(input), input.Shape, axis, index, workspace.Elements(_output), _output.Shape[axis]);
}
