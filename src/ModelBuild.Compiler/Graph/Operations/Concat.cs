namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Concatenation: values of equal rank -> one array.</summary>
/// <param name="Axis">Along which; negative from the end.</param>
public sealed record Concat(int Axis) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(inputs.Count > 0, "there is nothing to concatenate.");
        Inference.RequireSameType(inputs, "parts of a concatenation");
        if (inputs.Any(input => !input.Shape.HasRank)) return [(inputs[0].Type, Shape.UnknownRank)];
        int[] output = inputs[0].Shape.ToArray();
        int axis = Inference.Axis(Axis, output.Length);
        foreach (Value input in inputs.Skip(1))
        {
            Inference.RequireRank(input, output.Length, "a part of a concatenation");
            for (int i = 0; i < output.Length; i++)
            {
                int size = input.Shape[i];
                if (i != axis) output[i] = Inference.Merge(output[i], size, "dimensions of a concatenation");
                else output[i] = output[i] == Shape.Unknown || size == Shape.Unknown ? Shape.Unknown : checked(output[i] + size);
            }
        }
        return [(inputs[0].Type, Shape.Of(output))];
    }
}
