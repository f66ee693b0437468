namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Softmax over the last dimension: x [...,classes] -> probabilities of the same shape.</summary>
public sealed record Softmax : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(!inputs[0].Shape.HasRank || inputs[0].Shape.Rank > 0, "a softmax needs at least one dimension.");
        return [(inputs[0].Type, inputs[0].Shape)];
    }
}
