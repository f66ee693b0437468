namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Quantised integers less the one that stands for 0: integers, minimum, maximum of their range -> float32 of the same shape.</summary>
public sealed record SubtractZeroPoint : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(inputs[0].Type.IsQuantized, $"{inputs[0].Type} holds no quantised numbers.");
        return [(DataType.Float32, inputs[0].Shape)];
    }
}
