using System;

namespace ModelBuild.Kernels;

/// <summary>Joins arrays along an axis; each input is written at its own place.</summary>
internal static class Concat
{
    /// <summary>Shape of the joined array.</summary>
    /// <param name="shapes">Shapes of the inputs, equal except along the axis.</param>
    /// <param name="axis">The axis; negative counts from the end.</param>
    public static int[] OutputShape(ReadOnlySpan<int[]> shapes, int axis)
    {
        int[] output = (int[])shapes[0].Clone();
        axis = Shapes.Axis(axis, output.Length);
        for (int input = 1; input < shapes.Length; input++)
        {
            Shapes.Require(shapes[input].Length == output.Length, "joined arrays differ in rank");
            for (int i = 0; i < output.Length; i++)
            {
                if (i == axis) output[i] += shapes[input][i];
                else Shapes.Require(shapes[input][i] == output[i], "joined arrays differ off the axis");
            }
        }
        return output;
    }

    /// <summary>Writes one input.</summary>
    /// <param name="source">The input, row-major.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="axis">The axis of joining, from 0.</param>
    /// <param name="position">Where along the axis the input begins.</param>
    /// <param name="destination">The joined array.</param>
    /// <param name="size">Dimension of the joined array along the axis.</param>
    public static void Run<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> shape, int axis, int position, Span<T> destination, int size)
    {
        int inner = Shapes.Elements(shape.Slice(axis + 1));
        int block = shape[axis] * inner;
        if (block == 0) return;
        for (int read = 0, write = position * inner; read < source.Length; read += block, write += size * inner)
        {
            source.Slice(read, block).CopyTo(destination.Slice(write));
        }
    }
}

/// <inheritdoc cref="Concat"/>
internal sealed class Concat<T> : Layer
    where T : unmanaged
{
    private readonly FlatBuffer<T> _input;
    private readonly FlatBuffer<T> _output;
    private readonly int _axis;
    private readonly int _position;

    /// <param name="input">One of the inputs.</param>
    /// <param name="output">The joined array.</param>
    /// <param name="axis">The axis, from 0.</param>
    /// <param name="position">Where along the axis the input begins.</param>
    public Concat(FlatBuffer<T> input, FlatBuffer<T> output, int axis, int position)
    {
        Shapes.Require(input.Shape.Length == output.Shape.Length, "joined arrays differ in rank");
        for (int i = 0; i < output.Shape.Length; i++)
        {
            bool fits = i == axis ? position >= 0 && position + input.Shape[i] <= output.Shape[i] : input.Shape[i] == output.Shape[i];
            Shapes.Require(fits, "an input does not fit into the joined array");
        }
        _input = input;
        _output = output;
        _axis = axis;
        _position = position;
    }

    public override void Run(Workspace workspace) =>
        Concat.Run<T>(workspace.Elements(_input), _input.Shape, _axis, _position, workspace.Elements(_output), _output.Shape[_axis]);
}
