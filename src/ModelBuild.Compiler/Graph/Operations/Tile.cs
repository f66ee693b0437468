namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Repetition: x, multiples (integers, one an axis) -> x so many times along each axis.</summary>
public sealed record Tile : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape, multiples = Inference.ShapeOf(inputs[1]);
        if (!x.HasRank) return [(inputs[0].Type, multiples.HasRank ? Shape.OfRank(multiples.Rank) : x)];
        if (!multiples.HasRank) return [(inputs[0].Type, Shape.OfRank(x.Rank))];
        Inference.Require(multiples.Rank == x.Rank, $"{multiples.Rank} multiples do not fit the shape {x}.");
        int[] output = x.ToArray();
        for (int axis = 0; axis < output.Length; axis++)
            output[axis] = x[axis] == Shape.Unknown || multiples[axis] == Shape.Unknown ? Shape.Unknown : checked(x[axis] * multiples[axis]);
        return [(inputs[0].Type, Shape.Of(output))];
    }
}
