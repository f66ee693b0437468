namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Picks slices by coordinate tuples: x, indices [...,n] (integers) -> [..., x's dimensions from n on].</summary>
public sealed record GatherNd : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        (Shape x, Shape indices) = (inputs[0].Shape, inputs[1].Shape);
        return [(inputs[0].Type, x.HasRank && indices.HasRank ? Slices(x, indices) : Shape.UnknownRank)];
    }

    /// <summary>Shape of the slices of <paramref name="x"/> that <paramref name="indices"/> point at.</summary>
    public static Shape Slices(Shape x, Shape indices)
    {
        Inference.Require(indices.Rank > 0, "coordinate tuples are needed, but there is a scalar.");
        if (indices[-1] == Shape.Unknown) return Shape.UnknownRank;
        Inference.Require(indices[-1] <= x.Rank, $"tuples of {indices[-1]} coordinates do not fit the shape {x}.");
        return Shape.Of([.. indices.Dimensions[..^1], .. x.Dimensions[indices[-1]..]]);
    }
}
