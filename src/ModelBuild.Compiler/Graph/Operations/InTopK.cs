namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Whether a class is among the best: predictions [n,classes], targets [n] (integers), k (an integer) -> [n], true where less than
/// k classes have a greater prediction than the target, and all those looked at are finite.
/// </summary>
public sealed record InTopK : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(inputs[0].Type == DataType.Float32, $"predictions are {inputs[0].Type} instead of float32.");
        Inference.RequireRank(inputs[0], 2, "predictions");
        Inference.RequireRank(inputs[1], 1, "targets");
        int rows = inputs[0].Shape.HasRank ? inputs[0].Shape[0] : Shape.Unknown;
        if (inputs[1].Shape.HasRank) rows = Inference.Merge(rows, inputs[1].Shape[0], "the number of predictions and targets");
        return [(DataType.Bool, Shape.Of(rows))];
    }
}
