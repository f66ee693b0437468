using System.Globalization;

namespace ModelBuild.Cli;

/// <summary>Numbers for people, in the invariant culture.</summary>
internal static class Text
{
    private const long Kilo = 1000;

    /// <summary>A whole number: "12,345".</summary>
    public static string Of(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number with so many decimals.</summary>
    public static string Of(double value, int decimals) =>
        value.ToString($"N{decimals.ToString(CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture);

    /// <summary>A number of bytes: "85.6 KB", of 1000 bytes each.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < Kilo => $"{Of(bytes)} B",
        < Kilo * Kilo => $"{Of(bytes / (double)Kilo, 1)} KB",
        _ => $"{Of(bytes / (double)(Kilo * Kilo), 2)} MB",
    };
}
