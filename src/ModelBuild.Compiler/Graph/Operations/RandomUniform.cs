namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Random numbers of [0, 1): shape (integers) -> that shape. Occurs in dropout that was left in, and is removed with it.</summary>
/// <param name="Type">float32, float64 or half.</param>
public sealed record RandomUniform(DataType Type) : Operation
{
    /// <inheritdoc/>
    public override bool IsPure => false;

    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs) =>
        [(Type, Inference.Integers(inputs[0]) is { } shape ? Shape.Of(shape) : Shape.UnknownRank)];
}
