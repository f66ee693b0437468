using ModelBuild.Compiler.Diagnostics;

namespace ModelBuild.Compiler.Quantization;

/// <summary>A precision for the layers whose names fit a pattern.</summary>
/// <param name="Pattern">A name, in which * stands for any characters.</param>
/// <param name="Precision">Names that <see cref="LayerPrecision.Parse"/> takes.</param>
internal sealed record LayerPattern(string Pattern, string Precision)
{
    /// <summary>Reads "head*=Float;block1/*=Int4".</summary>
    /// <exception cref="ModelBuildException">MB6001: a part is no pattern and precision.</exception>
    public static IReadOnlyList<LayerPattern> ParseAll(string? text)
    {
        List<LayerPattern> patterns = [];
        foreach (string part in (text ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = part.Split('=', StringSplitOptions.TrimEntries);
            if (sides is not [{ Length: > 0 } pattern, { Length: > 0 } precision])
                throw Unknown($"Layers has the part \"{part}\", which is no name=precision. Write them as in Layers=\"head*=Float;block1/*=Int4\".");
            if (LayerPrecision.Int8.Parse(precision) is null)
                throw Unknown($"Layers gives {pattern} the precision \"{precision}\", which is not known. It may be {LayerPrecision.Names}.");
            patterns.Add(new LayerPattern(pattern, precision));
        }
        return patterns;
    }

    /// <summary>The name fits the pattern, from its beginning to its end.</summary>
    public bool Fits(string name)
    {
        string[] pieces = Pattern.Split('*');
        if (pieces.Length == 1) return name == Pattern;
        if (!name.StartsWith(pieces[0], StringComparison.Ordinal)) return false;
        int position = pieces[0].Length;
        foreach (string piece in pieces[1..^1])
        {
            int found = name.IndexOf(piece, position, StringComparison.Ordinal);
            if (found < 0) return false;
            position = found + piece.Length;
        }
        return name.Length - position >= pieces[^1].Length && name.EndsWith(pieces[^1], StringComparison.Ordinal);
    }

    private static ModelBuildException Unknown(string message) => new(DiagnosticCode.UnknownOption, message);
}
