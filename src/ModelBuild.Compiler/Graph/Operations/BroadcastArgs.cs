namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>The shape that two shapes are broadcast to: a, b (integers) -> a vector of integers.</summary>
public sealed record BroadcastArgs : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.RequireSameType(inputs, "shapes");
        (Shape a, Shape b) = (inputs[0].Shape, inputs[1].Shape);
        bool known = a.IsStatic && b.IsStatic;
        return [(inputs[0].Type, Shape.Of(known ? Math.Max(a.Count, b.Count) : Shape.Unknown))];
    }
}
