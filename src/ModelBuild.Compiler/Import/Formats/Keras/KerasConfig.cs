using System.Text.Json;
using ModelBuild.Compiler.Diagnostics;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>A layer's configuration: a JSON object whose members are read with a fallback for absent ones and null.</summary>
internal readonly struct KerasConfig(JsonElement element)
{
    // Python writes what JSON has no numbers for.
    private const string Infinity = "Infinity";

    /// <summary>The JSON itself.</summary>
    public JsonElement Json => element;

    /// <summary>A member, or null where it is absent or null.</summary>
    public JsonElement? Find(string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
            && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A member that is an object.</summary>
    public KerasConfig? Object(string name) => Find(name) is { ValueKind: JsonValueKind.Object } value ? new KerasConfig(value) : null;

    public string Text(string name, string fallback) => Find(name) is not { } value ? fallback
        : value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name, value);

    public string Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw Missing(name);

    public bool Flag(string name, bool fallback) => Find(name) is not { } value ? fallback
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, value);

    public int Integer(string name, int fallback) => Find(name) is { } value ? Integer(name, value) : fallback;

    public int Integer(string name) => Find(name) is { } value ? Integer(name, value) : throw Missing(name);

    public float Number(string name, float fallback) => Find(name) is { } value ? Number(name, value) : fallback;

    /// <summary>A number or null.</summary>
    public float? Number(string name) => Find(name) is { } value ? Number(name, value) : null;

    /// <summary>A list of integers, or a single one.</summary>
    public int[]? Integers(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => Integer(name, item))] : [Integer(name, value)];

    /// <summary>A list of numbers, or a single one.</summary>
    public float[]? Numbers(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Array ? [.. Flatten(value).Select(item => Number(name, item))] : [Number(name, value)];

    /// <summary>Integers of which a single one stands for all.</summary>
    public int[] Spatial(string name, int rank, int fallback)
    {
        int[] all = Integers(name) ?? [fallback];
        return all.Length == 1 ? [.. Enumerable.Repeat(all[0], rank)] : all.Length == rank ? all : throw Wrong(name, Find(name)!.Value);
    }

    /// <summary>A shape, in which null is an unknown dimension; null without one.</summary>
    public int[]? Shape(string name) => Find(name) is not { ValueKind: JsonValueKind.Array } value ? null
        : [.. value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Null ? Graph.Shape.Unknown : Integer(name, item))];

    private static IEnumerable<JsonElement> Flatten(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(Flatten) : [value];

    private static int Integer(string name, JsonElement value) => value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out double number)
        && Math.Abs(number) <= int.MaxValue && number == Math.Truncate(number) ? (int)number : throw Wrong(name, value);

    private static float Number(string name, JsonElement value) => value switch
    {
        { ValueKind: JsonValueKind.Number } => (float)value.GetDouble(),
        { ValueKind: JsonValueKind.String } when value.GetString() == Infinity => float.PositiveInfinity,
        { ValueKind: JsonValueKind.String } when value.GetString() == "-" + Infinity => float.NegativeInfinity,
        // NumPy scalars and arrays are wrapped.
        { ValueKind: JsonValueKind.Object } when value.TryGetProperty("config", out JsonElement inner)
            && inner.TryGetProperty("value", out JsonElement wrapped) => Number(name, wrapped),
        _ => throw Wrong(name, value),
    };

    private static ModelBuildException Missing(string name) => new(DiagnosticCode.InvalidGraph, $"its configuration has no {name}.");

    private static ModelBuildException Wrong(string name, JsonElement value) =>
        new(DiagnosticCode.InvalidGraph, $"its configuration has the unexpected {name} = {value}.");
}
