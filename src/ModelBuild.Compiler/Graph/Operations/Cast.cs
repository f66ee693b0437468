namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Conversion of the element type: x -> the same shape. Fractions are cut off, floats are rounded to the nearest.</summary>
/// <param name="To">The new type.</param>
public sealed record Cast(DataType To) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        foreach (DataType type in new[] { inputs[0].Type, To })
            Inference.Require(type.IsNumber || type == DataType.Bool, $"there is no cast from {inputs[0].Type} to {To}.");
        return [(To, inputs[0].Shape)];
    }
}
