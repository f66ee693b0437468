namespace ModelBuild.Plan;

/// <summary>A layer whose values are words already.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Name">The word of its name.</param>
/// <param name="Values">The words of its parameters' values, in order.</param>
/// <param name="BuffersBefore">How many buffers have their lines before it.</param>
internal sealed record PlanLayerWords(PlanLayer Layer, string Name, IReadOnlyList<string> Values, int BuffersBefore);

/// <summary>Finds the signature of a kind's layers, and what they need not say under it.</summary>
internal static class PlanSignatureWriter
{
    /// <summary>The signature; null where the layers have parameters of different names, or there is only one of an unknown kind.</summary>
    public static PlanSignature? Of(IReadOnlyList<PlanLayerWords> layers)
    {
        string[] names = [.. Names(layers[0])];
        if (names.Distinct().Count() < names.Length || !layers.All(layer => Names(layer).SequenceEqual(names))) return null;
        PlanSignature? known = Known(layers[0].Layer.Kind, names);
        if (layers.Count == 1) return known;
        string remark = Common(layers.Select(layer => layer.Layer.Remarks));
        if (known is not null) return known with { Remarks = remark };
        return names.Length > 0 ? new PlanSignature([.. names.Select((name, i) => Slot(name, [.. layers.Select(layer => layer.Values[i])]))], remark) : null;
    }

    /// <summary>The line of a kind; null where the reader needs none.</summary>
    public static IEnumerable<string>? Line(string kind, PlanSignature? signature)
    {
        if (signature is null) return PlanSignatures.Find(kind) is null ? null : ["kind", kind, PlanMarks.Named];
        if (Known(kind, signature.Slots.Select(slot => slot.Name)) is { } known)
            return signature.Remarks == known.Remarks ? null : ["kind", kind, .. Remark(signature.Remarks, known.Remarks)];
        return ["kind", kind, .. signature.Slots.Select(slot => slot.Default is { } common ? $"{slot.Name}={common.Text}" : slot.Name), .. Remark(signature.Remarks, "")];
    }

    /// <summary>The line of a layer.</summary>
    public static IEnumerable<string> Line(PlanLayerWords words, PlanSignature? signature)
    {
        (PlanLayer layer, string name, IReadOnlyList<string> values, _) = words;
        string[] role = layer.Role switch
        {
            PlanRole.Entry => ["entry", PlanValueWriter.Number(layer.Port)],
            PlanRole.Exit => ["exit", PlanValueWriter.Number(layer.Port)],
            _ => [],
        };
        IEnumerable<string> placed = signature is null ? [] : values.Where((_, i) => signature.Slots[i].Default is null);
        IEnumerable<string> named = Names(words).Zip(values, (parameter, value) => $"{parameter}={value}")
            .Where((_, i) => signature is null || signature.Slots[i].Default is { } common && common.Text != values[i]);
        return [.. role, layer.Kind, name, .. placed, .. named, .. Remark(layer.Remarks, signature?.Remarks ?? "")];
    }

    /// <summary>A remark; nothing where it is the one that holds anyway.</summary>
    public static string[] Remark(string text, string common) =>
        text == common ? [] : text.Length == 0 ? [PlanMarks.Remark.ToString()] : [$"{PlanMarks.Remark} {PlanValueWriter.Escape(text)}"];

    private static PlanSignature? Known(string kind, IEnumerable<string> names) =>
        PlanSignatures.Find(kind) is { } known && known.Slots.Select(slot => slot.Name).SequenceEqual(names) ? known : null;

    // By its place a value takes its length in every line, by name that of the name too, but only where it is another.
    private static PlanSlot Slot(string name, string[] values)
    {
        if (values.Any(value => value[0] == PlanMarks.Tensor)) return new PlanSlot(name, null);
        string common = Common(values);
        int placed = values.Sum(value => value.Length + 1);
        int named = common.Length + 1 + values.Where(value => value != common).Sum(value => name.Length + value.Length + 2);
        return new PlanSlot(name, named < placed ? new PlanToken(common, 0, 0) : null);
    }

    /// <summary>The most frequent text, of several the first.</summary>
    private static string Common(IEnumerable<string> texts) => texts.GroupBy(text => text).OrderByDescending(group => group.Count()).First().Key;

    private static IEnumerable<string> Names(PlanLayerWords words) => words.Layer.Parameters.Select(parameter => parameter.Name);
}
