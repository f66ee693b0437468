namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Real numbers of quantised ones: integers, minimum, maximum (one, or one a slice) -> float32 of the same shape.</summary>
/// <param name="Scheme">What the integers stand for.</param>
/// <param name="Axis">Axis of the slices that have their own ranges, or -1.</param>
/// <param name="NarrowRange">The lowest integer is not used; of the scaled mode only.</param>
public sealed record DequantizeTensor(QuantizationScheme Scheme, int Axis, bool NarrowRange) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(inputs[0].Type.IsQuantized, $"{inputs[0].Type} holds no quantised numbers.");
        return [(DataType.Float32, inputs[0].Shape)];
    }
}
