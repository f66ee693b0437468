namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Repeats along axes of one element: x, shape (integers) -> that shape.</summary>
public sealed record BroadcastTo : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape, target = Inference.ShapeOf(inputs[1]);
        if (!x.HasRank || !target.HasRank) return [(inputs[0].Type, target)];
        bool fits = x.Rank <= target.Rank;
        int[] output = target.ToArray();
        for (int axis = 1; axis <= x.Rank && fits; axis++)
        {
            fits = x[-axis] == 1 || x[-axis] == target[-axis] || x[-axis] == Shape.Unknown || target[-axis] == Shape.Unknown;
            if (target[-axis] == Shape.Unknown && x[-axis] != 1) output[^axis] = x[-axis];
        }
        Inference.Require(fits, $"the shape {x} cannot be broadcast to {target}.");
        return [(inputs[0].Type, Shape.Of(output))];
    }
}
