using System.CommandLine;
using System.CommandLine.Parsing;
using ModelBuild.Compiler;

namespace ModelBuild.Cli;

/// <summary>
/// The model of a command and what may be said about it: an option each for the metadata of a ModelReference, spelled as shells
/// are used to: --calibration-data for CalibrationData. Paths are relative to the current folder.
/// </summary>
internal sealed class ModelArguments
{
    private static readonly IReadOnlyDictionary<string, string> Descriptions = new Dictionary<string, string>
    {
        [nameof(ModelOptions.CalibrationData)] =
            "Inputs to measure activation ranges on: an .npy file [samples, ...] or a folder of PNG and JPEG images.",
        [nameof(ModelOptions.Calibration)] =
            "How ranges are chosen: Auto (the default), MinMax, MovingAverage, Percentile or Percentile=99.9, Entropy or MSE.",
        [nameof(ModelOptions.ValidationData)] =
            "Inputs to measure accuracy on: an .npy file or a folder with a sub-folder of images a class.",
        [nameof(ModelOptions.ValidationLabels)] = "The class index of each validation sample: an .npy file of integers.",
        [nameof(ModelOptions.Labels)] = "Names of the classes: a text file, one a line.",
        [nameof(ModelOptions.Preprocess)] =
            "How bytes become the model's floats: Raw, ZeroToOne, MinusOneToOne, \"scale=S;offset=O\" or \"mean=M,M,M;std=S,S,S\".",
        [nameof(ModelOptions.Quantize)] =
            "Static (int8, default with calibration data; without, ranges come from batch norms), Dynamic (default without), "
            + "Int16x8 (int16 activations) or None (float32).",
        [nameof(ModelOptions.Weights)] =
            "Float32, Float16, Int8 (the default), Int4, Int4/32 (a scale for each 32 inputs), Palette1 to Palette8 or Binary.",
        [nameof(ModelOptions.Layers)] = "Precisions of single layers: \"head*=Float;block1/*=Int4;logits=Int16\", * standing for any characters.",
        [nameof(ModelOptions.MaxDrop)] = "The most accuracy, in percentage points, that compression may cost.",
        [nameof(ModelOptions.MaxSize)] = "The most bytes of weights and plan: 120000, 120KB or 0.1MB.",
        [nameof(ModelOptions.Optimize)] =
            "Balanced (the default): the least error; Size: the fewest bytes that keep accuracy within MaxDrop; Speed: the fastest that does; Accuracy: 16 bits where 8 cost most.",
        [nameof(ModelOptions.Parallelism)] = "Threads that work on a call, unless the program says otherwise: 1 by default.",
        [nameof(ModelOptions.ClassName)] = "Name of the generated class.",
        [nameof(ModelOptions.Namespace)] = "Its namespace.",
        [nameof(ModelOptions.Access)] = "Public or Internal.",
        [nameof(ModelOptions.Inputs)] = "Names of the input nodes, with semicolons between; by default the placeholders.",
        [nameof(ModelOptions.Outputs)] = "Names of the output nodes; by default what no node reads.",
        [nameof(ModelOptions.Signature)] = "Name of a SavedModel's signature; by default serving_default, or the only one.",
    };

    private readonly Argument<string> _model = new("model")
    {
        Description = "A frozen TensorFlow graph (.pb), a SavedModel (its folder or saved_model.pb) or a Keras model (.h5, .keras).",
    };
    private readonly IReadOnlyList<(string Name, Option<string?> Option)> _options;

    /// <param name="names">The options of <see cref="ModelOptions.Names"/> that the command has.</param>
    public ModelArguments(IEnumerable<string> names) => _options = [.. names.Select(name => (name, Create(name)))];

    /// <summary>Adds the argument and the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_model);
        foreach ((_, Option<string?> option) in _options) command.Options.Add(option);
    }

    /// <summary>What the user said.</summary>
    public ModelOptions Read(ParseResult result)
    {
        Dictionary<string, string?> values = _options.ToDictionary(pair => pair.Name, pair => result.GetValue(pair.Option));
        return ModelOptions.From(Paths.Full(result.GetRequiredValue(_model), "model"), Text);

        string? Text(string name) =>
            values.GetValueOrDefault(name) is not { } value ? null : IsPath(name, value) ? Path.GetFullPath(value) : value;

        // An empty text is as good as none.
        static bool IsPath(string name, string value) => ModelOptions.Paths.Contains(name) && value.Trim().Length > 0;
    }

    /// <summary>The names, as they are typed, of those options that were given and are not among <paramref name="names"/>.</summary>
    public IReadOnlyList<string> GivenBesides(ParseResult result, params ReadOnlySpan<string> names)
    {
        List<string> given = [];
        foreach ((string name, Option<string?> option) in _options)
            if (!names.Contains(name) && result.GetResult(option) is OptionResult { Implicit: false }) given.Add(option.Name);
        return given;
    }

    /// <summary>An argument as options are spelled: "--CalibrationData" becomes "--calibration-data".</summary>
    public static string Spelling(string argument)
    {
        string[] parts = argument.Split('=', 2);
        string? name = ModelOptions.Names.FirstOrDefault(name => $"--{name}" == parts[0]);
        return name is null ? argument : string.Join('=', [$"--{Hyphenated(name)}", .. parts[1..]]);
    }

    private static string Hyphenated(string name) =>
        string.Concat(name.Select(letter => char.IsUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : $"{letter}")).TrimStart('-');

    private static Option<string?> Create(string name) => new($"--{Hyphenated(name)}")
    {
        Description = Descriptions.GetValueOrDefault(name, "As the metadata of a ModelReference."),
        HelpName = ModelOptions.Paths.Contains(name) ? "path" : "value",
    };
}
