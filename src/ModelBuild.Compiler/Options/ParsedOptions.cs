using System.Globalization;
using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Quantization;

namespace ModelBuild.Compiler.Options;

/// <summary>The options that are more than a path or a name, parsed.</summary>
/// <param name="Quantize">How to store activations.</param>
/// <param name="Precision">The same with how to store weights.</param>
/// <param name="Layers">Layers of another precision.</param>
/// <param name="Preprocessing">How bytes become floats; null if not given.</param>
/// <param name="MaxDrop">Most accuracy that may be lost, in percentage points; null if not given.</param>
/// <param name="Optimize">What to achieve.</param>
/// <param name="Parallelism">Threads that work on a call of the generated class, unless its user says otherwise.</param>
/// <param name="Access">"public" or "internal".</param>
/// <param name="ClassName">Name of the class to generate.</param>
internal sealed record ParsedOptions(
    QuantizeMode Quantize, LayerPrecision Precision, IReadOnlyList<LayerPattern> Layers, Preprocessing? Preprocessing, double? MaxDrop, OptimizeGoal Optimize,
    int Parallelism, string Access, string ClassName)
{
    /// <summary>Most bytes of weights and plan; null if not given.</summary>
    public long? MaxSize { get; init; }

    /// <summary>How ranges of activations are chosen.</summary>
    public CalibrationMethod Calibration { get; init; }

    /// <exception cref="ModelBuildException">MB6001: a value that an option does not take, or that needs another option.</exception>
    public static ParsedOptions Parse(ModelOptions options)
    {
        WeightForm? weights = WeightsOf(options);
        QuantizeMode quantize = Choice(nameof(options.Quantize), options.Quantize, Default(options, weights));
        LayerPrecision precision = PrecisionOf(quantize, weights);
        IReadOnlyList<LayerPattern> layers = LayerPattern.ParseAll(options.Layers);
        if (options.ValidationLabels is not null && options.ValidationData is null)
            throw Unknown("ValidationLabels needs ValidationData, whose classes they are. Give both.");
        OptimizeGoal goal = Choice(nameof(options.Optimize), options.Optimize, OptimizeGoal.Balanced);
        if (goal != OptimizeGoal.Balanced && (quantize != QuantizeMode.Static || options.CalibrationData is null))
            throw Unknown($"Optimize=\"{goal}\" needs CalibrationData and Quantize=\"Static\": what may be left out is measured on data. Give some, or leave Optimize out.");
        string access = Choice(nameof(options.Access), options.Access, AccessLevel.Internal) == AccessLevel.Public ? "public" : "internal";
        return new ParsedOptions(
            quantize, precision, layers, Preprocessing.Parse(options.Preprocess), Drop(options), goal, Threads(options), access,
            options.ClassName ?? ClassNames.From(options.ModelPath))
        {
            MaxSize = Size(options),
            Calibration = CalibrationMethod.Parse(options.Calibration),
        };
    }

    private static QuantizeMode Default(ModelOptions options, WeightForm? weights) =>
        weights is { IsFloat: true } ? QuantizeMode.None : options.CalibrationData is null ? QuantizeMode.Dynamic : QuantizeMode.Static;

    private static WeightForm? WeightsOf(ModelOptions options) => options.Weights is not { } text ? null
        : WeightForm.Parse(text) ?? throw Unknown($"Weights=\"{text}\" is not known. It may be {WeightForm.Names}.");

    private static LayerPrecision PrecisionOf(QuantizeMode quantize, WeightForm? weights)
    {
        if (quantize == QuantizeMode.None) return LayerPrecision.None with { Weights = weights ?? LayerPrecision.None.Weights };
        if (weights is { IsFloat: true } form)
            throw Unknown($"Weights=\"{form}\" are computed in float, but Quantize=\"{quantize}\" asks for integers. Set Quantize to None, or leave it out.");
        ActivationForm activations = quantize switch
        {
            QuantizeMode.Static => ActivationForm.Static,
            QuantizeMode.Int16x8 => ActivationForm.Int16,
            _ => ActivationForm.Dynamic,
        };
        return new LayerPrecision(activations, weights ?? LayerPrecision.Int8.Weights);
    }

    private static int Threads(ModelOptions options)
    {
        if (options.Parallelism is not { } text) return 1;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads > 0 ? threads
            : throw Unknown($"Parallelism=\"{text}\" is no number of threads. Give a whole number from 1 on.");
    }

    private static long? Size(ModelOptions options) => options.MaxSize is not { } text ? null
        : ByteSize.Parse(text) ?? throw Unknown($"MaxSize=\"{text}\" is no number of bytes. Give one such as 120000, 120KB or 0.1MB.");

    private static double? Drop(ModelOptions options)
    {
        if (options.MaxDrop is not { } text) return null;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double drop) || !(drop >= 0))
            throw Unknown($"MaxDrop=\"{text}\" is no number of percentage points. Give one that is not negative, such as 0.5.");
        return options.ValidationData is not null ? drop
            : throw Unknown("MaxDrop needs ValidationData and labels, to measure accuracy on. Give them, or leave MaxDrop out.");
    }

    private static TChoice Choice<TChoice>(string option, string? text, TChoice fallback) where TChoice : struct, Enum
    {
        if (text is null) return fallback;
        string[] names = Enum.GetNames<TChoice>();
        int index = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return index >= 0 ? Enum.Parse<TChoice>(names[index]) : throw Unknown($"{option}=\"{text}\" is not known. It may be {string.Join(", ", names)}.");
    }

    private static ModelBuildException Unknown(string message) => new(DiagnosticCode.UnknownOption, message);

    private enum AccessLevel { Internal, Public }
}
