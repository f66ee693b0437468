using ModelBuild.Compiler;

namespace ModelBuild.Benchmarks.Quality;

/// <summary>A precision to compile models in. None is given labels.</summary>
/// <param name="Name">Name for the table.</param>
/// <param name="Quantize">The option.</param>
/// <param name="Weights">The option.</param>
/// <param name="Optimize">The option.</param>
/// <param name="MaxDrop">The option; null for its default.</param>
/// <param name="HasData">Calibration data are given.</param>
internal sealed record QualityWay(
    string Name, string Quantize, string? Weights = null, string Optimize = "Balanced", string? MaxDrop = null, bool HasData = true)
{
    /// <summary>int8 without further options.</summary>
    public static readonly QualityWay Static = new("Static", "Static");

    /// <summary>As few bytes as half a point of accuracy allows.</summary>
    public static readonly QualityWay Size = new("Static, Optimize=Size", "Static", Optimize: "Size");

    /// <summary>As few bytes as a point allows.</summary>
    public static readonly QualityWay SizeWithinOne = new("Static, Optimize=Size, MaxDrop=1", "Static", Optimize: "Size", MaxDrop: "1");

    /// <summary>In the order of the table.</summary>
    public static readonly IReadOnlyList<QualityWay> All =
    [
        Static, Size, SizeWithinOne,
        new("Static, no data", "Static", HasData: false),
        new("Dynamic", "Dynamic"),
        new("Int16x8", "Int16x8"),
        new("None", "None"),
        new("None, Weights=Float16", "None", "Float16"),
        new("None, Weights=Int4/32", "None", "Int4/32"),
        new("Static, Weights=Int4", "Static", "Int4"),
        new("Static, Weights=Int4/32", "Static", "Int4/32"),
        new("Static, Weights=Palette4", "Static", "Palette4"),
        new("Static, Weights=Palette3", "Static", "Palette3"),
        new("Static, Weights=Palette2", "Static", "Palette2"),
        new("Static, Weights=Binary", "Static", "Binary"),
    ];

    /// <summary>The options of a model in this way.</summary>
    public ModelOptions Options(QualityModel model) => model.Options with
    {
        Quantize = Quantize, Weights = Weights, Optimize = Optimize, MaxDrop = MaxDrop,
        CalibrationData = HasData ? model.Options.CalibrationData : null,
        // MaxDrop asks for data to be measured on; without labels the network's own probabilities on the calibration data decide.
        ValidationData = MaxDrop is null ? null : model.Options.CalibrationData,
    };
}
