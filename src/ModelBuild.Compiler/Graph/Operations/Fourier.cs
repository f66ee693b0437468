namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>Directions and element types of the discrete Fourier transform.</summary>
public enum FourierKind
{
    /// <summary>Complex to complex.</summary>
    Forward,

    /// <summary>Complex to complex, over the number of elements.</summary>
    Inverse,

    /// <summary>Real to the first half of the spectrum.</summary>
    RealForward,

    /// <summary>The first half of a spectrum to real, over the number of elements.</summary>
    RealInverse,
}

/// <summary>
/// Discrete Fourier transform over the last dimensions: x, and for real ones lengths (integers, one a dimension, to which x is cut or filled
/// up with zeros) -> the transform. Of a length n the half of a spectrum has n / 2 + 1 elements.
/// </summary>
/// <param name="Kind">Direction and element types.</param>
/// <param name="Dimensions">How many dimensions, 1 to 3.</param>
public sealed record Fourier(FourierKind Kind, int Dimensions) : Operation
{
    /// <summary>The lengths are an input.</summary>
    public bool IsReal => Kind is FourierKind.RealForward or FourierKind.RealInverse;

    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        DataType type = Result(inputs[0].Type);
        Inference.Require(!x.HasRank || x.Rank >= Dimensions, $"{x} has fewer than {Dimensions} dimensions.");
        if (!x.HasRank || !IsReal) return [(type, x)];
        int[]? lengths = Inference.Integers(inputs[1]);
        Inference.Require(lengths is null || (lengths.Length == Dimensions && lengths.All(length => length >= 0)),
            $"[{string.Join(",", lengths ?? [])}] are no lengths of {Dimensions} dimensions.");
        int[] output = x.ToArray();
        for (int i = 0; i < Dimensions; i++)
        {
            bool isHalf = Kind == FourierKind.RealForward && i == Dimensions - 1;
            output[x.Rank - Dimensions + i] = lengths is null ? Shape.Unknown : isHalf && lengths[i] > 0 ? lengths[i] / 2 + 1 : lengths[i];
        }
        return [(type, Shape.Of(output))];
    }

    private DataType Result(DataType type) => (Kind, type) switch
    {
        (FourierKind.Forward or FourierKind.Inverse, DataType.Complex64 or DataType.Complex128) => type,
        (FourierKind.RealForward, DataType.Float32) => DataType.Complex64,
        (FourierKind.RealForward, DataType.Float64) => DataType.Complex128,
        (FourierKind.RealInverse, DataType.Complex64) => DataType.Float32,
        (FourierKind.RealInverse, DataType.Complex128) => DataType.Float64,
        _ => throw Inference.Error($"there is no transform of {type}."),
    };
}
