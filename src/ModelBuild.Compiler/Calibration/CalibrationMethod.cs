using System.Globalization;
using ModelBuild.Compiler.Diagnostics;

namespace ModelBuild.Compiler.Calibration;

/// <summary>Ways to get from the statistics of a value to the range that is stored.</summary>
internal enum CalibrationKind
{
    /// <summary>For each value the range with the least error in the results of those who read it.</summary>
    Auto,

    /// <summary>All that occurred.</summary>
    MinMax,

    /// <summary>A moving average of the samples' ranges.</summary>
    MovingAverage,

    /// <summary>A share of the elements.</summary>
    Percentile,

    /// <summary>The least divergence of what is stored from what was measured.</summary>
    Entropy,

    /// <summary>The least squared error of what is stored.</summary>
    Mse,
}

/// <summary>The option Calibration.</summary>
/// <param name="Kind">The way.</param>
/// <param name="Percentile">Of <see cref="CalibrationKind.Percentile"/>: the share of the elements within the range, in percent.</param>
internal readonly record struct CalibrationMethod(CalibrationKind Kind, double Percentile = CalibrationMethod.DefaultPercentile)
{
    /// <summary>The share that is usual for activations.</summary>
    public const double DefaultPercentile = 99.99;

    private const double LeastPercentile = 50;

    /// <exception cref="ModelBuildException">MB6001: no such method.</exception>
    public static CalibrationMethod Parse(string? text)
    {
        if (text is null) return new CalibrationMethod(CalibrationKind.Auto);
        string[] parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
        string[] names = Enum.GetNames<CalibrationKind>();
        int index = Array.FindIndex(names, name => name.Equals(parts[0], StringComparison.OrdinalIgnoreCase));
        if (index < 0) throw Unknown(text, $"It may be {string.Join(", ", names)}, or Percentile with a number, such as Percentile=99.9.");
        CalibrationKind kind = Enum.Parse<CalibrationKind>(names[index]);
        if (parts.Length == 1) return new CalibrationMethod(kind);
        if (kind != CalibrationKind.Percentile) throw Unknown(text, "Only Percentile takes a number.");
        return double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double share) && share is > LeastPercentile and <= 100
            ? new CalibrationMethod(kind, share)
            : throw Unknown(text, $"A percentile is above {LeastPercentile} and at most 100.");
    }

    private static ModelBuildException Unknown(string text, string advice) =>
        new(DiagnosticCode.UnknownOption, $"Calibration=\"{text}\" is not known. {advice}");
}
