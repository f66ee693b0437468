using System.Globalization;
using ModelBuild.Compiler.Diagnostics;

namespace ModelBuild.Compiler.Data;

/// <summary>Parses the option <c>Preprocess</c>. Names in any case, numbers of the invariant culture, spaces where one likes.</summary>
internal sealed class PreprocessingParser(string text)
{
    private const string Allowed = "Raw, ZeroToOne, MinusOneToOne, \"scale=S;offset=O\" (byte * S + O), \"mean=M,M,M;std=S,S,S\" "
        + "((byte - M) / S), each optionally with \";order=RGB\" or \";order=BGR\"";

    private const string Scale = "scale", Offset = "offset", Mean = "mean", Deviation = "std", Order = "order";

    private static readonly int[] BlueFirst = [2, 1, 0];

    // What 0 to 255 becomes by a name alone: scale, offset.
    private static readonly Dictionary<string, (double Scale, double Offset)> Named = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Raw"] = (1, 0),
        ["ZeroToOne"] = (1 / 255.0, 0),
        ["MinusOneToOne"] = (1 / 127.5, -1),
    };

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ModelBuildException">MB6001.</exception>
    public Preprocessing Parse()
    {
        string? name = null;
        foreach (string part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=');
            if (equals >= 0) AddValue(part[..equals].TrimEnd(), part[(equals + 1)..].TrimStart());
            else if (name is null) name = part;
            else throw Error($"\"{name}\" and \"{part}\" exclude each other");
        }
        int[] order = TakeOrder();
        (double[] scale, double[] offset) = name is null ? TakeNumbers() : ByName(name);
        if (_values.Count > 0) throw Error($"\"{_values.Keys.First()}\" does not go with the rest");
        return new Preprocessing(text, ToFloats(scale), ToFloats(offset), order);
    }

    private void AddValue(string key, string value)
    {
        string[] known = [Scale, Offset, Mean, Deviation, Order];
        if (!known.Contains(key, StringComparer.OrdinalIgnoreCase)) throw Error($"\"{key}\" is not known");
        if (!_values.TryAdd(key, value)) throw Error($"\"{key}\" is given twice");
    }

    private (double[] Scale, double[] Offset) ByName(string name) =>
        Named.TryGetValue(name, out (double Scale, double Offset) found)
            ? ([found.Scale], [found.Offset])
            : throw Error($"\"{name}\" is not known");

    private (double[] Scale, double[] Offset) TakeNumbers()
    {
        if (_values.ContainsKey(Scale) || _values.ContainsKey(Offset)) return SameLength(Take(Scale, 1), Take(Offset, 0));
        if (!_values.ContainsKey(Mean) && !_values.ContainsKey(Deviation)) throw Error("it says nothing of the range");
        (double[] mean, double[] deviation) = SameLength(Take(Mean, 0), Take(Deviation, 1));
        if (deviation.Contains(0)) throw Error("a standard deviation cannot be 0");
        double[] offset = new double[Math.Max(mean.Length, deviation.Length)];
        for (int i = 0; i < offset.Length; i++) offset[i] = -Entry(mean, i) / Entry(deviation, i);
        return ([.. deviation.Select(value => 1 / value)], offset);
    }

    private (double[] First, double[] Second) SameLength(double[] first, double[] second) =>
        first.Length == second.Length || first.Length == 1 || second.Length == 1
            ? (first, second)
            : throw Error($"it speaks of {first.Length} and of {second.Length} channels");

    private static double Entry(double[] values, int channel) => values[values.Length == 1 ? 0 : channel];

    /// <summary>One number, or one for each of 3 or 4 channels.</summary>
    private double[] Take(string key, double absent)
    {
        if (!_values.Remove(key, out string? value)) return [absent];
        string[] parts = value.Split(',');
        if (parts.Length is not (1 or 3 or 4))
            throw Error($"\"{key}\" has {parts.Length} numbers instead of one, or one a channel; the decimal point is a point");
        return [.. parts.Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw Error($"\"{part.Trim()}\" is no number"))];
    }

    private int[] TakeOrder()
    {
        if (!_values.Remove(Order, out string? order) || order.Equals("RGB", StringComparison.OrdinalIgnoreCase)) return [];
        return order.Equals("BGR", StringComparison.OrdinalIgnoreCase)
            ? BlueFirst
            : throw Error($"the order \"{order}\" is not known");
    }

    private float[] ToFloats(double[] numbers)
    {
        // A -0 would turn up as such in generated comments.
        float[] floats = [.. numbers.Select(number => (float)number + 0f)];
        return floats.All(float.IsFinite) ? floats : throw Error("its numbers are out of the range of float32");
    }

    private ModelBuildException Error(string what) =>
        new(DiagnosticCode.UnknownOption, $"Preprocess=\"{text}\": {what}. Allowed are {Allowed}.");
}
