namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Sorts slices by a number each: x, partitions (integers of 0..count-1, a number a slice) -> the slices of each number.</summary>
/// <param name="Count">How many partitions there are.</param>
public sealed record DynamicPartition(int Count) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        (Shape x, Shape partitions) = (inputs[0].Shape, inputs[1].Shape);
        Shape output = Shape.UnknownRank;
        if (x.HasRank && partitions.HasRank)
        {
            Inference.Require(x.Rank >= partitions.Rank, $"partitions of the shape {partitions} do not fit {x}.");
            for (int axis = 0; axis < partitions.Rank; axis++) Inference.Merge(x[axis], partitions[axis], "dimensions of partitions");
            output = Shape.Of([Shape.Unknown, .. x.Dimensions[partitions.Rank..]]);
        }
        return [.. Enumerable.Repeat((inputs[0].Type, output), Count)];
    }
}
