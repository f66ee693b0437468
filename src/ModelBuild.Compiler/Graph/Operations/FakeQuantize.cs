namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// What quantisation leaves of floats, as after quantisation-aware training: x, minimum, maximum (one, or one a channel of the last
/// dimension) -> the same shape.
/// </summary>
/// <param name="Bits">There are 2^Bits steps.</param>
/// <param name="NarrowRange">There is one less.</param>
public sealed record FakeQuantize(int Bits, bool NarrowRange) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        foreach (Value input in inputs)
            Inference.Require(input.Type == DataType.Float32, $"{input.Name} has the type {input.Type} instead of Float32.");
        foreach (Value range in inputs.Skip(1))
            if (range.Shape is { HasRank: true, Rank: > 0 } && x is { HasRank: true, Rank: > 0 })
                Inference.Merge(range.Shape[-1], x[-1], "channels of a fake quantisation");
        return [(DataType.Float32, x)];
    }
}
