namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Permutation of dimensions: x, permutation (integers) -> dimension i is x's dimension permutation[i].</summary>
public sealed record Transpose : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        if (!x.HasRank) return [(inputs[0].Type, x)];
        if (Inference.Integers(inputs[1]) is not { } permutation)
            return [(inputs[0].Type, Shape.Of([.. Enumerable.Repeat(Shape.Unknown, x.Rank)]))];
        int[] axes = [.. permutation.Select(axis => Inference.Axis(axis, x.Rank))];
        Inference.Require(axes.Order().SequenceEqual(Enumerable.Range(0, x.Rank)), $"[{string.Join(",", permutation)}] is no permutation of {x.Rank} dimensions.");
        return [(inputs[0].Type, Shape.Of([.. axes.Select(axis => x[axis])]))];
    }
}
