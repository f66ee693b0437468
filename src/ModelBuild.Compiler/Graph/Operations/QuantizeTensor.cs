namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>How integers stand for the real numbers of a range, by the names of the kernels' QuantizationMode.</summary>
public enum QuantizationScheme { MinCombined, MinFirst, Scaled }

/// <summary>
/// Quantisation: x (float32), minimum, maximum (one, or one a slice) -> integers of the same shape, and the range's ends that were used.
/// </summary>
/// <param name="Type">Type of the integers.</param>
/// <param name="Scheme">What they stand for.</param>
/// <param name="Axis">Axis of the slices that have their own ranges, or -1.</param>
/// <param name="HalfToEven">Halves go to the even neighbour, not away from 0; of the scaled mode only.</param>
/// <param name="NarrowRange">The lowest integer is not used; of the scaled mode only.</param>
/// <param name="LeastRange">Least width of the range, relative to its ends; negative takes the range as it is.</param>
public sealed record QuantizeTensor(DataType Type, QuantizationScheme Scheme, int Axis, bool HalfToEven, bool NarrowRange, float LeastRange) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(Type.IsQuantized, $"{Type} holds no quantised numbers.");
        foreach (Value input in inputs)
            Inference.Require(input.Type == DataType.Float32, $"{input.Name} has the type {input.Type} instead of Float32.");
        Shape range = Inference.Merge(inputs[1].Shape, inputs[2].Shape, "ends of a range");
        return [(Type, inputs[0].Shape), (DataType.Float32, range), (DataType.Float32, range)];
    }
}
