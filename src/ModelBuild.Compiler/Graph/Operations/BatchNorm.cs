namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Normalisation with known statistics, over the last dimension: x [...,c], scale [c], offset [c], mean [c], variance [c] ->
/// (x - mean) / sqrt(variance + Epsilon) * scale + offset.
/// </summary>
/// <param name="Epsilon">Added to the variance.</param>
public sealed record BatchNorm(float Epsilon) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        Inference.RequireSameType(inputs.Take(5), "values and statistics of a batch normalisation");
        Inference.Require(inputs[0].Type.IsFloating, $"a batch normalisation of {inputs[0].Type} is not defined.");
        Inference.Require(!x.HasRank || x.Rank > 0, "a batch normalisation needs channels.");
        int channels = x.HasRank ? x[-1] : Shape.Unknown;
        foreach (Value statistic in inputs.Skip(1).Take(4))
        {
            Inference.RequireRank(statistic, 1, "a statistic of a batch normalisation");
            if (statistic.Shape.HasRank) channels = Inference.Merge(channels, statistic.Shape[0], "channels of a batch normalisation");
        }
        return [(inputs[0].Type, x)];
    }
}
