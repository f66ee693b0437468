using System.Globalization;

namespace ModelBuild.Compiler.Options;

/// <summary>Numbers of bytes as users write them: "120000", "120KB", "0.1 MB"; units of 1000, as sizes are printed.</summary>
internal static class ByteSize
{
    private static readonly (string Unit, long Bytes)[] Units = [("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("B", 1)];

    /// <summary>The number, rounded down; null if the text is none or not positive.</summary>
    public static long? Parse(string text)
    {
        (string unit, long bytes) = Units.FirstOrDefault(unit => text.EndsWith(unit.Unit, StringComparison.OrdinalIgnoreCase), ("", 1));
        bool isNumber = double.TryParse(text[..^unit.Length].TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
        return isNumber && number * bytes is >= 1 and < long.MaxValue and var size ? (long)size : null;
    }
}
