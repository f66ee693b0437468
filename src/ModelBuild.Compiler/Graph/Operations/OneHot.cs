namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Rows that hold one value at an index and another elsewhere: indices, depth (an integer), on, off -> indices with a new dimension.
/// </summary>
/// <param name="Axis">Place of the new dimension; -1 for the last.</param>
public sealed record OneHot(int Axis) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.RequireSameType([inputs[2], inputs[3]], "the two values of a one-hot row");
        Shape indices = inputs[0].Shape;
        if (!indices.HasRank) return [(inputs[2].Type, indices)];
        int? depth = Inference.Integer(inputs[1]);
        Inference.Require(depth is null or >= 0, $"the depth {depth} is negative.");
        int axis = Inference.Axis(Axis, indices.Rank + 1);
        return [(inputs[2].Type, Shape.Of([.. indices.Dimensions[..axis], depth ?? Shape.Unknown, .. indices.Dimensions[axis..]]))];
    }
}
