using System;

namespace ModelBuild.Kernels;

/// <summary>Moves blocks out of the batch axis and crops: TensorFlow's BatchToSpaceND, the inverse of <see cref="SpaceToBatch"/>.</summary>
internal static class BatchToSpace
{
    /// <summary>Shape of the result.</summary>
    /// <param name="shape">[batch, spatial axes (one an entry of the block), other axes].</param>
    /// <param name="block">Size of the blocks along each spatial axis; their product divides the batch.</param>
    /// <param name="crops">[spatial axes][2]: elements cut off before and after.</param>
    public static int[] OutputShape(ReadOnlySpan<int> shape, ReadOnlySpan<int> block, ReadOnlySpan<int> crops)
    {
        Shapes.Require(block.Length < shape.Length && crops.Length == 2 * block.Length, "block or crops have not one entry a spatial axis");
        int[] output = shape.ToArray();
        int places = Shapes.Elements(block);
        Shapes.Require(places > 0 && shape[0] % places == 0, "a batch is not made of whole blocks");
        output[0] /= places;
        for (int axis = 0; axis < block.Length; axis++)
        {
            output[axis + 1] = shape[axis + 1] * block[axis] - crops[2 * axis] - crops[2 * axis + 1];
            Shapes.Require(crops[2 * axis] >= 0 && crops[2 * axis + 1] >= 0 && output[axis + 1] >= 0, "a crop is larger than its axis");
        }
        return output;
    }

    /// <summary>Moves.</summary>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="block">Size of the blocks along each spatial axis.</param>
    /// <param name="crops">[spatial axes][2]: elements cut off before and after.</param>
    /// <param name="destination">Output.</param>
    /// <param name="outputShape">Its shape, from <see cref="OutputShape"/>.</param>
    public static void Run<T>(
        ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<int> block, ReadOnlySpan<int> crops, Span<T> destination, ReadOnlySpan<int> outputShape)
    {
        var blocks = new BatchBlocks(outputShape, shape, stackalloc int[3 * shape.Length]);
        int places = Shapes.Elements(block);
        for (int place = 0; place < places; place++)
        {
            blocks.Locate(place, block, crops);
            StridedCopy.Run(blocks.Box, source, blocks.BatchStart, blocks.BatchStrides, destination, blocks.SpaceStart, blocks.SpaceStrides);
        }
    }
}

/// <inheritdoc cref="BatchToSpace"/>
/// <param name="input">Input.</param>
/// <param name="output">Output.</param>
/// <param name="block">Size of the blocks along each spatial axis.</param>
/// <param name="crops">[spatial axes][2]: elements cut off before and after.</param>
internal sealed class BatchToSpace<T>(FlatBuffer<T> input, FlatBuffer<T> output, int[] block, int[] crops) : Layer
    where T : unmanaged
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, BatchToSpace.OutputShape(input.Shape, block, crops));

    public override void Run(Workspace workspace) =>
        BatchToSpace.Run<T>(workspace.Elements(input), input.Shape, block, crops, workspace.Elements(_output), _output.Shape);
}
