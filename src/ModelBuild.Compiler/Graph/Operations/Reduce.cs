namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>What a reduction computes of the elements along its axes.</summary>
public enum ReduceKind { Sum, Mean, Product, Maximum, Minimum, EuclideanNorm, All, Any }

/// <summary>Reduction: x, axes (integers, negative from the end) -> x without these dimensions, or with 1 in their place.</summary>
/// <param name="Kind">What is computed.</param>
/// <param name="KeepDimensions">Reduced dimensions stay as 1.</param>
public sealed record Reduce(ReduceKind Kind, bool KeepDimensions) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        bool logical = Kind is ReduceKind.All or ReduceKind.Any;
        Inference.Require(logical == (inputs[0].Type == DataType.Bool), $"{inputs[0].Type} cannot be reduced by {Kind}.");
        if (!x.HasRank) return [(inputs[0].Type, x)];
        if (Axes(inputs) is not { } axes)
            return [(inputs[0].Type, KeepDimensions ? Shape.Of([.. Enumerable.Repeat(Shape.Unknown, x.Rank)]) : Shape.UnknownRank)];
        List<int> output = [];
        for (int axis = 0; axis < x.Rank; axis++)
            if (!axes.Contains(axis)) output.Add(x[axis]);
            else if (KeepDimensions) output.Add(1);
        return [(inputs[0].Type, Shape.Of([.. output]))];
    }

    /// <summary>The reduced axes from 0, ascending; null where they are computed.</summary>
    public static int[]? Axes(IReadOnlyList<Value> inputs)
    {
        int rank = inputs[0].Shape.Rank;
        return Inference.Integers(inputs[1])?.Select(axis => Inference.Axis(axis, rank)).Distinct().Order().ToArray();
    }
}
