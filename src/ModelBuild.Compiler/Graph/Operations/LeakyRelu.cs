namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>x where it is above 0, else Alpha * x: x -> the same shape.</summary>
/// <param name="Alpha">Slope below 0.</param>
public sealed record LeakyRelu(float Alpha) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(inputs[0].Type.IsFloating, $"a leaky rectifier is not defined for {inputs[0].Type}.");
        return [(inputs[0].Type, inputs[0].Shape)];
    }
}
