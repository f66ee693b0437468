using System;

namespace ModelBuild.Kernels;

/// <summary>Cuts an array along an axis into parts; each part is read from its own place.</summary>
internal static class Split
{
    /// <summary>Sizes of the parts along the axis, with the one -1 that TensorFlow's SplitV allows resolved.</summary>
    /// <param name="dimension">Dimension of the input along the axis.</param>
    /// <param name="sizes">Sizes asked for.</param>
    public static int[] Sizes(int dimension, ReadOnlySpan<int> sizes)
    {
        int[] result = sizes.ToArray();
        int rest = dimension;
        int open = -1;
        for (int part = 0; part < result.Length; part++)
        {
            if (result[part] != -1)
            {
                rest -= result[part];
                continue;
            }
            Shapes.Require(open < 0, "two parts of a split have no size");
            open = part;
        }
        if (open >= 0) result[open] = rest;
        Shapes.Require(open >= 0 ? rest >= 0 : rest == 0, "the parts of a split do not make up the input");
        return result;
    }

    /// <summary>Reads one part.</summary>
    /// <param name="source">The whole, row-major.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="axis">The axis of cutting, from 0.</param>
    /// <param name="position">Where along the axis the part begins.</param>
    /// <param name="size">Size of the part along the axis.</param>
    /// <param name="destination">The part.</param>
    public static void Run<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> shape, int axis, int position, int size, Span<T> destination)
    {
        int inner = Shapes.Elements(shape.Slice(axis + 1));
        int block = size * inner;
        if (block == 0) return;
        for (int read = position * inner, write = 0; read < source.Length; read += shape[axis] * inner, write += block)
        {
            source.Slice(read, block).CopyTo(destination.Slice(write));
        }
    }
}

/// <inheritdoc cref="Split"/>
internal sealed class Split<T> : Layer
    where T : unmanaged
{
    private readonly FlatBuffer<T> _input;
    private readonly FlatBuffer<T> _output;
    private readonly int _axis;
    private readonly int _position;

    /// <param name="input">The whole.</param>
    /// <param name="output">One of the parts.</param>
    /// <param name="axis">The axis, from 0.</param>
    /// <param name="position">Where along the axis the part begins.</param>
    public Split(FlatBuffer<T> input, FlatBuffer<T> output, int axis, int position)
    {
        int[] begin = new int[input.Shape.Length];
        begin[axis] = position;
        _input = input;
        _output = Shapes.Shaped(output, Slice.OutputShape(input.Shape, begin, output.Shape));
        _axis = axis;
        _position = position;
    }

    public override void Run(Workspace workspace) =>
        Split.Run(workspace.Elements(_input), _input.Shape, _axis, _position, _output.Shape[_axis], workspace.Elements(_output));
}
