using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Pads the spatial axes with zeros and moves blocks of them into the batch axis, the place in the block being the slower part
/// of the batch: TensorFlow's SpaceToBatchND.
/// </summary>
internal static class SpaceToBatch
{
    /// <summary>Shape of the result.</summary>
    /// <param name="shape">[batch, spatial axes (one an entry of the block), other axes].</param>
    /// <param name="block">Size of the blocks along each spatial axis.</param>
    /// <param name="paddings">[spatial axes][2]: zeros before and after.</param>
    public static int[] OutputShape(ReadOnlySpan<int> shape, ReadOnlySpan<int> block, ReadOnlySpan<int> paddings)
    {
        Shapes.Require(block.Length < shape.Length && paddings.Length == 2 * block.Length, "block or paddings have not one entry a spatial axis");
        int[] output = shape.ToArray();
        for (int axis = 0; axis < block.Length; axis++)
        {
            Shapes.Require(block[axis] > 0 && paddings[2 * axis] >= 0 && paddings[2 * axis + 1] >= 0, "a block or padding is negative");
            int padded = shape[axis + 1] + paddings[2 * axis] + paddings[2 * axis + 1];
            Shapes.Require(padded % block[axis] == 0, "a padded axis is not made of whole blocks");
            output[axis + 1] = padded / block[axis];
            output[0] *= block[axis];
        }
        return output;
    }

    /// <summary>Moves.</summary>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="block">Size of the blocks along each spatial axis.</param>
    /// <param name="paddings">[spatial axes][2]: zeros before and after.</param>
    /// <param name="destination">Output.</param>
    /// <param name="outputShape">Its shape, from <see cref="OutputShape"/>.</param>
    public static void Run<T>(
        ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<int> block, ReadOnlySpan<int> paddings, Span<T> destination, ReadOnlySpan<int> outputShape)
    {
        destination.Fill(default!);
        var blocks = new BatchBlocks(shape, outputShape, stackalloc int[3 * shape.Length]);
        int places = Shapes.Elements(block);
        for (int place = 0; place < places; place++)
        {
            blocks.Locate(place, block, paddings);
            StridedCopy.Run(blocks.Box, source, blocks.SpaceStart, blocks.SpaceStrides, destination, blocks.BatchStart, blocks.BatchStrides);
        }
    }
}

/// <inheritdoc cref="SpaceToBatch"/>
/// <param name="input">Input.</param>
/// <param name="output">Output.</param>
/// <param name="block">Size of the blocks along each spatial axis.</param>
/// <param name="paddings">[spatial axes][2]: zeros before and after.</param>
internal sealed class SpaceToBatch<T>(FlatBuffer<T> input, FlatBuffer<T> output, int[] block, int[] paddings) : Layer
    where T : unmanaged
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, SpaceToBatch.OutputShape(input.Shape, block, paddings));

    public override void Run(Workspace workspace) =>
        SpaceToBatch.Run<T>(workspace.Elements(input), input.Shape, block, paddings, workspace.Elements(_output), _output.Shape);
}
