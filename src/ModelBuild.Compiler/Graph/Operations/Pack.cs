namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Stacks values of one shape along a new dimension.</summary>
/// <param name="Axis">Place of the new dimension; negative from the end of the result.</param>
public sealed record Pack(int Axis) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(inputs.Count > 0, "there is nothing to stack.");
        Inference.RequireSameType(inputs, "stacked values");
        if (inputs.Any(input => !input.Shape.HasRank)) return [(inputs[0].Type, Shape.UnknownRank)];
        List<int> output = [.. inputs[0].Shape.Dimensions];
        foreach (Value input in inputs.Skip(1))
        {
            Inference.RequireRank(input, output.Count, "a stacked value");
            for (int axis = 0; axis < output.Count; axis++) output[axis] = Inference.Merge(output[axis], input.Shape[axis], "dimensions of stacked values");
        }
        output.Insert(Inference.Axis(Axis, output.Count + 1), inputs.Count);
        return [(inputs[0].Type, Shape.Of([.. output]))];
    }
}
