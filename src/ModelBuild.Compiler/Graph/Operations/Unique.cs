namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// The different slices in the order in which they first occur: x, optional axis (a vector of one integer, or none for a vector
/// x) -> the slices, for each slice of x which it is, how often each occurs.
/// </summary>
/// <param name="IndexType">int32 or int64.</param>
public sealed record Unique(DataType IndexType) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape, output = x, index = Shape.Of(Shape.Unknown);
        if (x.HasRank && Axis(inputs) is { } axis)
        {
            int[] slices = x.ToArray();
            slices[axis] = Shape.Unknown;
            output = Shape.Of(slices);
            index = Shape.Of(x[axis]);
        }
        else if (x.HasRank) output = Shape.OfRank(x.Rank);
        return [(inputs[0].Type, output), (IndexType, index), (IndexType, Shape.Of(Shape.Unknown))];
    }

    /// <summary>The axis of the slices; null where it is computed.</summary>
    public static int? Axis(IReadOnlyList<Value> inputs)
    {
        int[]? axes = inputs.Count > 1 ? Inference.Integers(inputs[1]) : [];
        if (axes is null) return null;
        int rank = inputs[0].Shape.Rank;
        Inference.Require(axes.Length == 1 || (axes.Length == 0 && rank == 1),
            $"there are {axes.Length} axes for the shape {inputs[0].Shape}.");
        return Inference.Axis(axes.Length == 0 ? 0 : axes[0], rank);
    }
}
