namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Numbers in arithmetic progression: start, limit, delta (one number each) -> start, start + delta, ... before the limit.</summary>
public sealed record Range : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.RequireSameType(inputs, "start, limit and step of a range");
        foreach (Value input in inputs) Inference.Require(!input.Shape.IsStatic || input.Shape.Count == 1,
            $"{input.Name} is no single number.");
        return [(inputs[0].Type, Shape.Of(Shape.Unknown))];
    }
}
