namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Number of bits that are set: x, of integers -> uint8 of the same shape.</summary>
public sealed record PopulationCount : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(inputs[0].Type.IsInteger, $"{inputs[0].Type} has no bits to count.");
        return [(DataType.UInt8, inputs[0].Shape)];
    }
}
