using System.Globalization;

namespace ModelBuild.Compiler.Quantization;

/// <summary>Kinds of stored weights.</summary>
internal enum WeightKind
{
    /// <summary>As they are.</summary>
    Float32,

    /// <summary>Halves, which become floats when the model is loaded.</summary>
    Float16,

    /// <summary>Levels -127..127, a scale an output channel.</summary>
    Int8,

    /// <summary>Levels -7..7, a scale an output channel, or one for so many inputs of it.</summary>
    Int4,

    /// <summary>At most 2^bits levels, the same for all channels of a layer, a scale an output channel.</summary>
    Palette,

    /// <summary>-1 and 1, a scale an output channel.</summary>
    Binary,
}

/// <summary>How the weights of a layer are stored.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Parameter">Bits of a palette; inputs that share a scale of <see cref="WeightKind.Int4"/>, 0 for all of a channel.</param>
internal readonly record struct WeightForm(WeightKind Kind, int Parameter = 0)
{
    /// <summary>What <see cref="Parse"/> takes, for messages.</summary>
    public const string Names = "Float32, Float16, Int8, Int4, Int4/32 (a scale for each 32 inputs; 4 to 1024), Palette1 to Palette8, Binary";

    private const int MostPaletteBits = 8;
    private const int LeastGroup = 4, MostGroup = 1024;
    private const string Grouped = nameof(WeightKind.Int4) + "/", Palette = nameof(WeightKind.Palette);

    /// <summary>They are multiplied as floats.</summary>
    public bool IsFloat => Kind is WeightKind.Float32 or WeightKind.Float16;

    /// <summary>The form of a name; null if it names none.</summary>
    public static WeightForm? Parse(string text)
    {
        if (Number(text, Grouped) is { } size) return size is >= LeastGroup and <= MostGroup ? new WeightForm(WeightKind.Int4, size) : null;
        if (Number(text, Palette) is { } bits) return bits is >= 1 and <= MostPaletteBits ? new WeightForm(WeightKind.Palette, bits) : null;
        foreach (WeightKind kind in Enum.GetValues<WeightKind>())
            if (kind != WeightKind.Palette && text.Equals(kind.ToString(), StringComparison.OrdinalIgnoreCase)) return new WeightForm(kind);
        return null;
    }

    public override string ToString() => this switch
    {
        { Kind: WeightKind.Palette } => $"{Kind}{Parameter}",
        { Parameter: > 0 } => $"{Kind}/{Parameter}",
        _ => Kind.ToString(),
    };

    private static int? Number(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        && int.TryParse(text.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
