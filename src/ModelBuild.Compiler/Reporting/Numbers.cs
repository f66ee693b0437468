using System.Globalization;

namespace ModelBuild.Compiler.Reporting;

/// <summary>Numbers for people, in the invariant culture.</summary>
internal static class Numbers
{
    private const long Kilo = 1000;

    /// <summary>A whole number: "12,345".</summary>
    public static string Of(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number with so many decimals.</summary>
    public static string Of(double value, int decimals) =>
        value.ToString($"N{decimals.ToString(CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture);

    /// <summary>A number with so many decimals and its sign: "+0.17".</summary>
    public static string Signed(double value, int decimals)
    {
        double rounded = Math.Round(value, decimals);
        return (rounded > 0 ? "+" : rounded < 0 ? "\u2212" : "") + Of(Math.Abs(rounded), decimals);
    }

    /// <summary>A signal-to-noise ratio: "41.3 dB".</summary>
    public static string Decibels(double ratio) => double.IsPositiveInfinity(ratio) ? "exact" : $"{Of(ratio, 1)} dB";

    /// <summary>A number of bytes: "85.6 KB", of 1000 bytes each.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < Kilo => $"{Of(bytes)} B",
        < Kilo * Kilo => $"{Of(bytes / (double)Kilo, 1)} KB",
        _ => $"{Of(bytes / (double)(Kilo * Kilo), 2)} MB",
    };
}
