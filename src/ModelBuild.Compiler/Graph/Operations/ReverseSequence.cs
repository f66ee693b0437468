namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Turns around the first elements of each sequence: x, lengths (integers, one a sequence) -> x's shape.</summary>
/// <param name="TimeAxis">The axis that is turned around; negative from the end.</param>
/// <param name="BatchAxis">The axis along which sequences lie; negative from the end.</param>
public sealed record ReverseSequence(int TimeAxis, int BatchAxis) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        Inference.RequireRank(inputs[1], 1, "the lengths of sequences");
        if (!x.HasRank) return [(inputs[0].Type, x)];
        int[] output = x.ToArray();
        int time = Inference.Axis(TimeAxis, x.Rank), batch = Inference.Axis(BatchAxis, x.Rank);
        Inference.Require(time != batch, "sequences lie along the axis that is turned around.");
        if (inputs[1].Shape.HasRank) output[batch] = Inference.Merge(x[batch], inputs[1].Shape[0], "the number of sequences and of their lengths");
        return [(inputs[0].Type, Shape.Of(output))];
    }
}
