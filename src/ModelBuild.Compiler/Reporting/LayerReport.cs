namespace ModelBuild.Compiler;

/// <summary>Figures of a layer of the plan.</summary>
public sealed record LayerReport
{
    /// <summary>Name in the plan, from the graph.</summary>
    public required string Name { get; init; }

    /// <summary>Class in ModelBuild.Kernels.</summary>
    public required string Kind { get; init; }

    /// <summary>What it does: "3x3 convolution, relu6".</summary>
    public required string Remarks { get; init; }

    /// <summary>How its numbers are stored and computed: "int8", "float32".</summary>
    public required string Precision { get; init; }

    /// <summary>Elements of its weights; 0 for a layer without.</summary>
    public long Weights { get; init; }

    /// <summary>Bytes of its weights and biases in the float graph.</summary>
    public long FloatBytes { get; init; }

    /// <summary>Bytes of its constants once decoded.</summary>
    public long StoredBytes { get; init; }

    /// <summary>Bytes of its constants in the blob.</summary>
    public long CodedBytes { get; init; }

    /// <summary>Bits that the levels of its weights need as signed integers; null where they are no integers.</summary>
    public int? LevelBits { get; init; }

    /// <summary>Share of its weights that are zero, 0 to 1; null where they are no integers.</summary>
    public double? ZeroShare { get; init; }

    /// <summary>Multiplications with a weight, each with its addition, of a call.</summary>
    public long MultiplyAdds { get; init; }

    /// <summary>
    /// Ratio of its float output to the error of the compressed one, which is that of the layers before it too, in dB; null where it
    /// was not measured, infinite without error.
    /// </summary>
    public double? SignalToNoise { get; init; }

    /// <summary>Bits that a weight takes in the blob, what belongs to the layer besides included; null for a layer without weights.</summary>
    public double? CodedBitsPerWeight => Weights == 0 ? null : BitsPerByte * (double)CodedBytes / Weights;

    private const int BitsPerByte = 8;
}
