namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>The axes along which each of two shapes is broadcast to the other's: a, b (integers) -> axes of a, axes of b.</summary>
public sealed record BroadcastGradientArgs : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.RequireSameType(inputs, "shapes");
        return [(inputs[0].Type, Shape.Of(Shape.Unknown)), (inputs[0].Type, Shape.Of(Shape.Unknown))];
    }
}
