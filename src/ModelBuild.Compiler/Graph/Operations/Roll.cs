namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Shifts elements; what leaves at one end comes in at the other: x, shifts, axes (integers, one or a vector) -> x's shape.</summary>
public sealed record Roll : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        if (Inference.Integers(inputs[2]) is { } axes)
        {
            if (x.HasRank) Array.ForEach(axes, axis => Inference.Axis(axis, x.Rank));
            if (Inference.KnownIntegers(inputs[1]) is { } shifts)
                Inference.Require(shifts.Length == axes.Length, $"there are {shifts.Length} shifts for {axes.Length} axes.");
        }
        return [(inputs[0].Type, x)];
    }
}
