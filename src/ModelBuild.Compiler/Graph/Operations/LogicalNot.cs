namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Negation of truth values: x -> the same shape.</summary>
public sealed record LogicalNot : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(inputs[0].Type == DataType.Bool, $"the operand has the type {inputs[0].Type} instead of Bool.");
        return [(DataType.Bool, inputs[0].Shape)];
    }
}
