namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Choice element by element: condition (bool), x, y of any one type -> x where the condition holds, else y.</summary>
/// <param name="Rows">
/// x and y have one shape, and so has the condition; or it is a single one, or a vector that picks rows (Select). Without it
/// all three are broadcast to each other (SelectV2).
/// </param>
public sealed record Select(bool Rows) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        (Shape condition, Shape x, Shape y) = (inputs[0].Shape, inputs[1].Shape, inputs[2].Shape);
        Inference.Require(inputs[0].Type == DataType.Bool, $"the condition has the type {inputs[0].Type} instead of Bool.");
        Inference.Require(inputs[1].Type == inputs[2].Type, $"operands have the types {inputs[1].Type} and {inputs[2].Type}.");
        if (!Rows) return [(inputs[1].Type, Inference.Broadcast(Inference.Broadcast(condition, x), y))];
        Shape both = Inference.Merge(x, y, "the operands of a selection");
        if (condition is { HasRank: true, Rank: 1 } && both is { HasRank: true, Rank: > 1 })
            Inference.Merge(condition[0], both[0], "rows of a selection");
        else if (condition is not { HasRank: true, Rank: 0 } && !(condition is { HasRank: true, Rank: 1 } && !both.HasRank))
            both = Inference.Merge(condition, both, "condition and operands of a selection");
        return [(inputs[1].Type, both)];
    }
}
