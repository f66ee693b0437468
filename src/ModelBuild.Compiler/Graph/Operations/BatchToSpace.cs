namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Moves blocks out of the batch and crops, the inverse of <see cref="SpaceToBatch"/>: x [n*blocks,spatial...,rest...], block
/// (integers, one a spatial axis), crops [spatial axes,2] -> [n,spatial*block-crops...,rest...].
/// </summary>
public sealed record BatchToSpace : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        if (!x.HasRank) return [(inputs[0].Type, x)];
        if (SpatialBlocks.Of(inputs) is not { } blocks) return [(inputs[0].Type, Shape.OfRank(x.Rank))];
        int[] output = x.ToArray();
        if (blocks.Places is { } places && x[0] != Shape.Unknown)
        {
            Inference.Require(x[0] % places == 0, $"a batch of {x[0]} is not whole blocks of {places}.");
            output[0] = x[0] / places;
        }
        else output[0] = Shape.Unknown;
        for (int axis = 1; axis <= blocks.Count; axis++)
        {
            (int? block, int? before, int? after) = blocks[axis - 1];
            int? cropped = x[axis] == Shape.Unknown ? null : checked(x[axis] * block - before - after);
            Inference.Require(cropped is null or >= 0, $"the crops {before} and {after} are more than axis {axis} has.");
            output[axis] = cropped ?? Shape.Unknown;
        }
        return [(inputs[0].Type, Shape.Of(output))];
    }
}
