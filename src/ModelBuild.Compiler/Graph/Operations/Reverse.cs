namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Turns the order of elements around: x, axes (integers, negative from the end) -> x's shape.</summary>
public sealed record Reverse : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        if (x.HasRank && Inference.Integers(inputs[1]) is { } axes)
            Inference.Require(axes.Select(axis => Inference.Axis(axis, x.Rank)).Distinct().Count() == axes.Length,
                $"[{string.Join(",", axes)}] names an axis twice.");
        return [(inputs[0].Type, x)];
    }
}
