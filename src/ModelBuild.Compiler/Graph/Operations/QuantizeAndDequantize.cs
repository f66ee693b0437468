namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>What a symmetric quantisation leaves: x, minimum, maximum (one, or one a slice) -> the same shape and type.</summary>
/// <param name="Bits">Bits of the integers.</param>
/// <param name="IsSigned">There are negative ones.</param>
/// <param name="NarrowRange">The lowest of these is not used.</param>
/// <param name="Limits">Numbers outside the range go to its ends.</param>
/// <param name="HalfToEven">Halves go to the even neighbour, not up.</param>
/// <param name="Axis">Axis of the slices that have their own ranges, or -1.</param>
public sealed record QuantizeAndDequantize(int Bits, bool IsSigned, bool NarrowRange, bool Limits, bool HalfToEven, int Axis) : Operation
{
    // As TensorFlow: with more, the number of steps would not fit its integers.
    private const int MostBits = 61;

    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(Bits is > 0 and <= MostBits, $"there is no quantisation to {Bits} bits.");
        foreach (Value input in inputs)
            Inference.Require(input.Type == inputs[0].Type && input.Type.IsFloating, $"{input.Name} has the type {input.Type}.");
        return [(inputs[0].Type, inputs[0].Shape)];
    }
}
