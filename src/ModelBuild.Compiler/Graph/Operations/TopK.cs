namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// The k greatest elements of each row in falling order, the lower index first among equals: x [...,n], k (an integer) ->
/// elements [...,k], their indices.
/// </summary>
/// <param name="IndexType">Integer type of the indices.</param>
public sealed record TopK(DataType IndexType) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        if (!x.HasRank) return [(inputs[0].Type, x), (IndexType, x)];
        Inference.Require(x.Rank > 0, "the greatest elements are asked for of a scalar.");
        int k = Inference.Integer(inputs[1]) ?? Shape.Unknown;
        Inference.Require(inputs[1].Constant is null || k >= 0, $"{k} elements are asked for.");
        Inference.Require(x[-1] == Shape.Unknown || k <= x[-1], $"{k} elements are asked for of {x[-1]}.");
        Shape rows = Shape.Of([.. x.Dimensions[..^1], k]);
        return [(inputs[0].Type, rows), (IndexType, rows)];
    }
}
