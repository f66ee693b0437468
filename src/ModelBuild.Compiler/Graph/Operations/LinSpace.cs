namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Numbers at equal distances: start, stop, count (an integer) -> [count], the first being start and the last stop.</summary>
public sealed record LinSpace : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.RequireSameType([inputs[0], inputs[1]], "start and stop");
        int? count = Inference.Integer(inputs[2]);
        Inference.Require(count is null or > 0, $"{count} numbers are asked for.");
        return [(inputs[0].Type, Shape.Of(count ?? Shape.Unknown))];
    }
}
