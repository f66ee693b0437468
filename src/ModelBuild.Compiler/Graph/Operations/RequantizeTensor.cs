namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Quantised integers in another range: integers, minimum, maximum, new minimum, new maximum -> integers of the same shape.
/// </summary>
/// <param name="Type">Type of the new integers.</param>
public sealed record RequantizeTensor(DataType Type) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(inputs[0].Type.IsQuantized && Type.IsQuantized, $"{inputs[0].Type} or {Type} holds no quantised numbers.");
        return [(Type, inputs[0].Shape)];
    }
}
