using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelBuild.Generator.Emission;

/// <summary>Values as C#, the same whatever the culture.</summary>
internal static class Literals
{
    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The fewest digits of seven to nine from which the float comes back as it was.</summary>
    public static string Number(float value) => value switch
    {
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        _ when float.IsNaN(value) => "float.NaN",
        _ => Digits(value) + "f",
    };

    /// <summary>The number without suffix, for comments.</summary>
    public static string Digits(float value) =>
        Digits(value, "G7") ?? Digits(value, "G8") ?? value.ToString("G9", CultureInfo.InvariantCulture);

    private static string? Digits(float value, string format)
    {
        string text = value.ToString(format, CultureInfo.InvariantCulture);
        return float.Parse(text, CultureInfo.InvariantCulture) == value ? text : null;
    }

    public static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    public static string List(IEnumerable<string> values) => "[" + string.Join(", ", values) + "]";

    /// <summary>"[1, 8, 8, 1]".</summary>
    public static string Shape(IEnumerable<int> dimensions) => List(dimensions.Select(Number));

    /// <summary>"float [1, 8, 8, 1]".</summary>
    public static string Shape(string type, IEnumerable<int> dimensions) => type + " " + Shape(dimensions);

    /// <summary>Text for a comment of one line: whatever C# or a terminal would take for a new line is a space.</summary>
    public static string Comment(string text)
    {
        StringBuilder line = new(text.Length);
        foreach (char c in text) line.Append(char.IsControl(c) || c is '\u2028' or '\u2029' || char.IsSurrogate(c) ? ' ' : c);
        return line.ToString();
    }

    /// <summary>Text for an XML comment of one line.</summary>
    public static string Xml(string text) => Comment(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
