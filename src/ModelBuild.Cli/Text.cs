using System.Globalization;

namespace ModelBuild.Cli;

/// <summary>Numbers for people, in the invariant culture.</summary>
internal static class Text
{
    /// <summary>A whole number: "12,345".</summary>
    public static string Of(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number with so many decimals.</summary>
    public static string Of(double value, int decimals) => value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
