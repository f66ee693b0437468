using System;

namespace ModelBuild.Kernels;

/// <summary>Repeats an array along its axes.</summary>
internal static class Tile
{
    /// <summary>Shape of the result.</summary>
    public static int[] OutputShape(ReadOnlySpan<int> shape, ReadOnlySpan<int> multiples)
    {
        Shapes.Require(shape.Length == multiples.Length, "multiples are not one an axis");
        int[] output = new int[shape.Length];
        for (int axis = 0; axis < output.Length; axis++) output[axis] = checked(shape[axis] * multiples[axis]);
        return output;
    }

    /// <summary>Repeats.</summary>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="multiples">How often, by axis.</param>
    /// <param name="destination">Output.</param>
    public static void Run<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<int> multiples, Span<T> destination)
    {
        int rank = shape.Length;
        Span<int> box = stackalloc int[2 * rank];
        Span<int> walk = stackalloc int[2 * rank];
        int stride = 1;
        for (int axis = rank - 1; axis >= 0; axis--)
        {
            box[2 * axis] = multiples[axis];
            walk[2 * axis] = 0;
            box[2 * axis + 1] = shape[axis];
            walk[2 * axis + 1] = stride;
            stride *= shape[axis];
        }
        StridedCopy.Run(box, source, 0, walk, destination);
    }
}

/// <inheritdoc cref="Tile"/>
/// <param name="input">Input.</param>
/// <param name="output">Output.</param>
/// <param name="multiples">How often, by axis.</param>
internal sealed class Tile<T>(FlatBuffer<T> input, FlatBuffer<T> output, int[] multiples) : Layer
    where T : unmanaged
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, Tile.OutputShape(input.Shape, multiples));

    public override void Run(Workspace workspace) =>
        Tile.Run<T>(workspace.Elements(input), input.Shape, multiples, workspace.Elements(_output));
}
