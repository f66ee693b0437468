namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Pads with zeros and moves blocks into the batch: x [n,spatial...,rest...], block (integers, one a spatial axis), paddings
/// [spatial axes,2] -> [n*blocks,spatial/block...,rest...].
/// </summary>
public sealed record SpaceToBatch : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        if (!x.HasRank) return [(inputs[0].Type, x)];
        if (SpatialBlocks.Of(inputs) is not { } blocks) return [(inputs[0].Type, Shape.OfRank(x.Rank))];
        int[] output = x.ToArray();
        output[0] = SpatialBlocks.Scale(x[0], blocks.Places);
        for (int axis = 1; axis <= blocks.Count; axis++)
        {
            (int? block, int? before, int? after) = blocks[axis - 1];
            int? padded = x[axis] == Shape.Unknown ? null : checked(x[axis] + before + after);
            Inference.Require(padded is null || block is null || padded % block == 0,
                $"{padded} elements of axis {axis} are not whole blocks of {block}.");
            output[axis] = padded / block ?? Shape.Unknown;
        }
        return [(inputs[0].Type, Shape.Of(output))];
    }
}
