namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Quantisation of a range as it is, the minimum being the lowest integer: x (float32), minimum, maximum -> integers of the same shape.</summary>
/// <param name="Type">Type of the integers.</param>
public sealed record QuantizeInRange(DataType Type) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(Type.IsQuantized, $"{Type} holds no quantised numbers.");
        return [(Type, inputs[0].Shape)];
    }
}
