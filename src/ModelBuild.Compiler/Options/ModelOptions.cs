namespace ModelBuild.Compiler;

/// <summary>How weights and activations are stored and computed.</summary>
public enum QuantizeMode
{
    /// <summary>
    /// int8 weights and activations; the activations' ranges are measured on calibration data, or without data foretold by batch
    /// normalisations.
    /// </summary>
    Static,

    /// <summary>int8 weights; the activations' ranges are measured in each call.</summary>
    Dynamic,

    /// <summary>16-bit activations by ranges that are found in the same way, int8 weights, as TensorFlow Lite's 16x8.</summary>
    Int16x8,

    /// <summary>Activations in float32; weights too, unless others are asked for.</summary>
    None,
}

/// <summary>What compression is to achieve.</summary>
public enum OptimizeGoal
{
    /// <summary>The least error that int8 allows.</summary>
    Balanced,

    /// <summary>The fewest bytes that keep the model close to the float one: within MaxDrop, or where that is not given, nearly always of one mind.</summary>
    Size,

    /// <summary>The coarsest weights that the same closeness allows, which kernels that sum in 16 bits execute in fewer steps.</summary>
    Speed,

    /// <summary>Activations in 16 bits where 8 cost most, as far as the output gains by it.</summary>
    Accuracy,
}

/// <summary>
/// What a user may say about a model: the metadata of a ModelReference item and the options of the command line, by the same
/// names. Texts are kept as given; the stage that uses one parses it and reports what is wrong with it.
/// </summary>
public sealed record ModelOptions
{
    /// <summary>Full path of the model: a frozen graph, a Keras model, or the saved_model.pb (or folder) of a SavedModel.</summary>
    public required string ModelPath { get; init; }

    /// <summary>An .npy file of inputs or a folder of PNG/JPEG images, to measure activation ranges on.</summary>
    public string? CalibrationData { get; init; }

    /// <summary>How ranges are chosen: Auto (the default), MinMax, MovingAverage, Percentile or Percentile=99.9, Entropy, MSE.</summary>
    public string? Calibration { get; init; }

    /// <summary>An .npy file of inputs or a folder of images (one sub-folder a class), to measure accuracy on.</summary>
    public string? ValidationData { get; init; }

    /// <summary>An .npy file of integer class indices, one a validation sample.</summary>
    public string? ValidationLabels { get; init; }

    /// <summary>A text file with a class name a line.</summary>
    public string? Labels { get; init; }

    /// <summary>How bytes become the model's floats: Raw, ZeroToOne, MinusOneToOne, "scale=S;offset=O", "mean=M,M,M;std=S,S,S", each optionally with ";order=BGR".</summary>
    public string? Preprocess { get; init; }

    /// <summary>
    /// Static, Dynamic, Int16x8 or None; null means Static with calibration data and Dynamic without, None for weights in float. Static and
    /// Int16x8 without data take ranges from batch norms.
    /// </summary>
    public string? Quantize { get; init; }

    /// <summary>Float32, Float16, Int8, Int4, Int4/SIZE (a scale for each group of inputs), Palette1 to Palette8 or Binary; null means Float32 for None, else Int8.</summary>
    public string? Weights { get; init; }

    /// <summary>Precisions of single layers: "head*=Float;block1/*=Int4;logits=Int16", by names of nodes with * for any characters.</summary>
    public string? Layers { get; init; }

    /// <summary>Largest accepted loss of accuracy in percentage points.</summary>
    public string? MaxDrop { get; init; }

    /// <summary>Most bytes of weights and plan: "120000", "120KB", "0.1MB".</summary>
    public string? MaxSize { get; init; }

    /// <summary>Balanced (the default) for the least error in int8, Size for the smallest model within MaxDrop, Speed for the fastest, or Accuracy for the one closest to the float graph.</summary>
    public string? Optimize { get; init; }

    /// <summary>Threads that work on a call of the generated class, unless its user says otherwise; null means 1.</summary>
    public string? Parallelism { get; init; }

    /// <summary>Name of the generated class; null derives it from the file's.</summary>
    public string? ClassName { get; init; }

    /// <summary>Namespace of the generated class.</summary>
    public string? Namespace { get; init; }

    /// <summary>Public or Internal (the default).</summary>
    public string? Access { get; init; }

    /// <summary>Names of the graph's inputs, separated by semicolons or commas; null takes the placeholders.</summary>
    public string? Inputs { get; init; }

    /// <summary>Names of the graph's outputs, separated by semicolons or commas; null takes what nothing reads.</summary>
    public string? Outputs { get; init; }

    /// <summary>Name of the signature of a SavedModel; null takes "serving_default", or the only one.</summary>
    public string? Signature { get; init; }

    /// <summary>The names of all options, in the order of the documentation.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        nameof(CalibrationData), nameof(Calibration), nameof(ValidationData), nameof(ValidationLabels), nameof(Labels), nameof(Preprocess),
        nameof(Quantize), nameof(Weights), nameof(Layers), nameof(MaxDrop), nameof(MaxSize), nameof(Optimize), nameof(Parallelism), nameof(ClassName), nameof(Namespace),
        nameof(Access), nameof(Inputs), nameof(Outputs), nameof(Signature),
    ];

    /// <summary>Those of <see cref="Names"/> whose values are paths of files or folders.</summary>
    public static readonly IReadOnlyList<string> Paths = [nameof(CalibrationData), nameof(ValidationData), nameof(ValidationLabels), nameof(Labels)];

    /// <summary>Options from named texts; empty counts as absent.</summary>
    /// <param name="modelPath">Full path of the model.</param>
    /// <param name="option">Gives the text of an option of <see cref="Names"/>.</param>
    public static ModelOptions From(string modelPath, Func<string, string?> option)
    {
        string? Get(string name) => option(name) is { } text && text.Trim().Length > 0 ? text.Trim() : null;
        return new ModelOptions
        {
            ModelPath = modelPath,
            CalibrationData = Get(nameof(CalibrationData)),
            Calibration = Get(nameof(Calibration)),
            ValidationData = Get(nameof(ValidationData)),
            ValidationLabels = Get(nameof(ValidationLabels)),
            Labels = Get(nameof(Labels)),
            Preprocess = Get(nameof(Preprocess)),
            Quantize = Get(nameof(Quantize)),
            Weights = Get(nameof(Weights)),
            Layers = Get(nameof(Layers)),
            MaxDrop = Get(nameof(MaxDrop)),
            MaxSize = Get(nameof(MaxSize)),
            Optimize = Get(nameof(Optimize)),
            Parallelism = Get(nameof(Parallelism)),
            ClassName = Get(nameof(ClassName)),
            Namespace = Get(nameof(Namespace)),
            Access = Get(nameof(Access)),
            Inputs = Get(nameof(Inputs)),
            Outputs = Get(nameof(Outputs)),
            Signature = Get(nameof(Signature)),
        };
    }
}
