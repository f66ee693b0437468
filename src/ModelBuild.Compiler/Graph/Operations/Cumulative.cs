namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>What is gathered along the axis.</summary>
public enum CumulativeKind { Sum, Product, LogSumExp }

/// <summary>All elements up to each one along an axis, gathered: x, axis (an integer) -> x's shape.</summary>
/// <param name="Kind">How.</param>
/// <param name="Exclusive">Without the element itself.</param>
/// <param name="Reverse">From the end of the axis.</param>
public sealed record Cumulative(CumulativeKind Kind, bool Exclusive, bool Reverse) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        if (inputs[0].Shape.HasRank && Inference.Integer(inputs[1]) is { } axis) Inference.Axis(axis, inputs[0].Shape.Rank);
        return [(inputs[0].Type, inputs[0].Shape)];
    }
}
