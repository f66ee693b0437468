namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Logarithm of the softmax over the last dimension: x [...,classes] -> the same shape.</summary>
public sealed record LogSoftmax : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs) => new Softmax().Infer(inputs);
}
