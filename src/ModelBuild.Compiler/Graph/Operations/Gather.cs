namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Picks slices along an axis: x, indices (integers) -> x with the axis replaced by those of the indices after the batch's.</summary>
/// <param name="Axis">The axis; negative from the end.</param>
/// <param name="BatchDimensions">Leading axes that x and the indices share; negative from the end of the indices.</param>
public sealed record Gather(int Axis, int BatchDimensions) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        (Shape x, Shape indices) = (inputs[0].Shape, inputs[1].Shape);
        if (!x.HasRank || !indices.HasRank) return [(inputs[0].Type, Shape.UnknownRank)];
        (int axis, int batch) = Resolve(x.Rank, indices.Rank);
        int[] output = [.. x.Dimensions[..axis], .. indices.Dimensions[batch..], .. x.Dimensions[(axis + 1)..]];
        for (int i = 0; i < batch; i++) output[i] = Inference.Merge(x[i], indices[i], "batch dimensions of a gather");
        return [(inputs[0].Type, Shape.Of(output))];
    }

    /// <summary>The axis and the number of batch dimensions, for those that may be negative.</summary>
    public (int Axis, int BatchDimensions) Resolve(int rank, int indicesRank)
    {
        int axis = Inference.Axis(Axis, rank), batch = BatchDimensions < 0 ? BatchDimensions + indicesRank : BatchDimensions;
        Inference.Require(batch >= 0 && batch <= Math.Min(axis, indicesRank),
            $"{BatchDimensions} batch dimensions do not fit the axis {Axis}.");
        return (axis, batch);
    }
}
