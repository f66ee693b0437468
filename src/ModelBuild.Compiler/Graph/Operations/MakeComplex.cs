namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Complex numbers: real part, imaginary part -> their broadcast shape.</summary>
public sealed record MakeComplex : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        DataType part = inputs[0].Type;
        Inference.Require(part == inputs[1].Type && part is DataType.Float32 or DataType.Float64, $"the parts have the types {part} and {inputs[1].Type}.");
        return [(part == DataType.Float32 ? DataType.Complex64 : DataType.Complex128, Inference.Broadcast(inputs[0].Shape, inputs[1].Shape))];
    }
}
