namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Where an array is not zero: x -> int64 indices [found, rank of x] in the order of x.</summary>
public sealed record Where : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(inputs[0].Type == DataType.Bool || inputs[0].Type.IsNumber, $"zero is not defined for {inputs[0].Type}.");
        return [(DataType.Int64, Shape.Of(Shape.Unknown, inputs[0].Shape.HasRank ? inputs[0].Shape.Rank : Shape.Unknown))];
    }
}
