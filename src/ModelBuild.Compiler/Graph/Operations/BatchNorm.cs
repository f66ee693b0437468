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
        for (int i = 1; i < 5; i++)
            if (inputs[0].Shape.HasRank && inputs[i].Shape.HasRank)
                Inference.Merge(inputs[0].Shape[-1], inputs[i].Shape[-1], "channels of a batch normalisation");
        return [(inputs[0].Type, inputs[0].Shape)];
    }
}
