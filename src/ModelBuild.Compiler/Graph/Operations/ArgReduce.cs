namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Index of the greatest element along an axis, the lowest one among equals: x, axis (an integer) -> x without the axis.</summary>
/// <param name="Least">The least instead of the greatest.</param>
/// <param name="Type">Integer type of the indices.</param>
public sealed record ArgReduce(bool Least, DataType Type) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        if (!x.HasRank) return [(Type, x)];
        Inference.Require(x.Rank > 0, "an index is asked for along an axis of a scalar.");
        if (Inference.Integer(inputs[1]) is not { } given) return [(Type, Shape.OfRank(x.Rank - 1))];
        int axis = Inference.Axis(given, x.Rank);
        Inference.Require(x[axis] != 0, $"an index is asked for along the empty axis {axis} of {x}.");
        return [(Type, Shape.Of([.. x.Dimensions[..axis], .. x.Dimensions[(axis + 1)..]]))];
    }
}
