using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Validation;

namespace ModelBuild.Compiler;

/// <summary>What compression did to a model; report.json as it stands.</summary>
public sealed record CompressionReport
{
    /// <summary>The version of this form that the tool writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Version of the form: a reader takes its own and no other.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>File name of the model.</summary>
    public required string Source { get; init; }

    /// <summary>Name of the generated class.</summary>
    public required string ClassName { get; init; }

    /// <summary>Bytes of the model file.</summary>
    public required long SourceBytes { get; init; }

    /// <summary>Bytes of the weights blob and the plan that replace it.</summary>
    public required long CompressedBytes { get; init; }

    /// <summary>Of these, bytes of the weights blob, which is the resource in the assembly.</summary>
    public long WeightBytes { get; init; }

    /// <summary>What became of the bytes, step by step.</summary>
    public SizeReport? Sizes { get; init; }

    /// <summary>Bytes of working memory of a call.</summary>
    public long ArenaBytes { get; init; }

    /// <summary>What compression was to achieve.</summary>
    public OptimizeGoal Optimize { get; init; }

    /// <summary>How activations are stored.</summary>
    public required QuantizeMode Quantize { get; init; }

    /// <summary>The ranges of activations are not measured on data, but foretold by batch normalisations.</summary>
    public bool IsDataFree { get; init; }

    /// <summary>How weights are stored: Float32, Float16, Int8, Int4, Int4/32, Palette4, Binary.</summary>
    public string Weights { get; init; } = nameof(WeightKind.Int8);

    /// <summary>Precisions of single layers, as they were asked for; null for none.</summary>
    public string? LayerPrecisions { get; init; }

    /// <summary>Accuracy of the float graph on the validation data; null without labels.</summary>
    public Accuracy? FloatAccuracy { get; init; }

    /// <summary>Accuracy of the plan, executed with the kernels that ship; null without labels.</summary>
    public Accuracy? CompressedAccuracy { get; init; }

    /// <summary>How the classes found differ; null without labels.</summary>
    public ClassChanges? Changes { get; init; }

    /// <summary>
    /// Signal-to-noise ratio of the first output against the float graph's over validation or calibration samples, in dB; null without.
    /// </summary>
    public double? SignalToNoise { get; init; }

    /// <summary>Decoders of files in whose place the model has inputs, for callers who decode pictures and sounds themselves.</summary>
    public IReadOnlyList<string> DecodedInputs { get; init; } = [];

    /// <summary>Multiply-adds of a call.</summary>
    public required long MultiplyAdds { get; init; }

    /// <summary>Layers that a call executes, conversions included, in the order of execution.</summary>
    public IReadOnlyList<LayerReport> Layers { get; init; } = [];

    /// <summary>Of these, layers with weights or activations that compute in float although the model is quantised.</summary>
    public required int FloatLayers { get; init; }

    /// <summary>What was done to recover accuracy, in the order in which it was done.</summary>
    public IReadOnlyList<RecoveryStage> Recovery { get; init; } = [];

    /// <summary>What the search for a smaller or better model tried; null where there was none.</summary>
    public SearchReport? Search { get; init; }

    /// <summary>The build's one line: "digits.pb -> Digits: 85.6 KB -> 19.4 KB (4.4x), int8, top-1 99.16 % -> 99.16 %, 0.41 MMAC, 12 layers".</summary>
    public string Summary => Reporting.SummaryLine.Of(this);

    /// <summary>Coded warnings to show beside the summary.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How long the stages took.</summary>
    public IReadOnlyList<StageTime> Times { get; init; } = [];
}
