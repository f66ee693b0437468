using System;

namespace ModelBuild.Kernels;

/// <summary>Turns the order of elements around along some axes.</summary>
internal static class Reverse
{
    /// <summary>Turns around.</summary>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Shape of input and output.</param>
    /// <param name="axes">The axes, each once; negative counts from the end.</param>
    /// <param name="destination">Output.</param>
    public static void Run<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<int> axes, Span<T> destination)
    {
        Span<int> walk = stackalloc int[shape.Length];
        Shapes.Strides(shape, walk);
        int start = 0;
        foreach (int given in axes)
        {
            int axis = Shapes.Axis(given, shape.Length);
            Shapes.Require(walk[axis] >= 0, "an axis is reversed twice");
            start += (shape[axis] - 1) * walk[axis];
            walk[axis] = -walk[axis];
        }
        StridedCopy.Run(shape, source, start, walk, destination);
    }
}

/// <inheritdoc cref="Reverse"/>
/// <param name="input">Input.</param>
/// <param name="output">Output, of the same shape.</param>
/// <param name="axes">The axes.</param>
internal sealed class Reverse<T>(FlatBuffer<T> input, FlatBuffer<T> output, int[] axes) : Layer
    where T : unmanaged
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) =>
        Reverse.Run<T>(workspace.Elements(input), input.Shape, axes, workspace.Elements(_output));
}
