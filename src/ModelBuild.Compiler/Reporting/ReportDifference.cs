namespace ModelBuild.Compiler.Reporting;

/// <summary>What distinguishes two compressions of a model, or of two models.</summary>
/// <param name="Before">Summary of the earlier one.</param>
/// <param name="After">Summary of the later one.</param>
/// <param name="Figures">Of the models as a whole, those that at least one report has.</param>
/// <param name="Layers">That are new, gone or not as before; the largest change of bytes first.</param>
internal sealed record ReportDifference(string Before, string After, IReadOnlyList<FigureChange> Figures, IReadOnlyList<LayerChange> Layers)
{
    // What is less is noise of the measurement.
    private const double LeastDecibels = 0.05;

    public static ReportDifference Of(CompressionReport before, CompressionReport after)
    {
        FigureChange[] figures =
        [
            new("size", FigureKind.Bytes, before.CompressedBytes, after.CompressedBytes),
            new("weights", FigureKind.Bytes, before.WeightBytes, after.WeightBytes),
            new("accuracy", FigureKind.Percent, before.CompressedAccuracy?.Percent, after.CompressedAccuracy?.Percent),
            new("accuracy of the float model", FigureKind.Percent, before.FloatAccuracy?.Percent, after.FloatAccuracy?.Percent),
            new("signal-to-noise", FigureKind.Decibels, before.SignalToNoise, after.SignalToNoise),
            new("multiply-adds", FigureKind.Count, before.MultiplyAdds, after.MultiplyAdds),
            new("layers", FigureKind.Count, before.Layers.Count, after.Layers.Count),
            new("working memory", FigureKind.Bytes, before.ArenaBytes, after.ArenaBytes),
        ];
        Dictionary<string, LayerReport> earlier = before.Layers.ToDictionary(layer => layer.Name), later = after.Layers.ToDictionary(layer => layer.Name);
        IEnumerable<LayerChange> layers = before.Layers.Concat(after.Layers.Where(layer => !earlier.ContainsKey(layer.Name)))
            .Select(layer => LayerChange.Of(layer.Name, earlier.GetValueOrDefault(layer.Name), later.GetValueOrDefault(layer.Name)))
            .Where(change => change.Kind != LayerChangeKind.Changed || IsChanged(change));
        return new ReportDifference(before.Summary, after.Summary,
            [.. figures.Where(figure => figure.Before is not null || figure.After is not null)],
            [.. layers.OrderByDescending(change => Math.Abs(change.Bytes.Change ?? 0))]);
    }

    private static bool IsChanged(LayerChange change) =>
        change.Bytes.Change != 0 || change.PrecisionBefore != change.PrecisionAfter || Math.Abs(change.SignalToNoise.Change ?? 0) >= LeastDecibels;
}

/// <summary>What a figure counts.</summary>
internal enum FigureKind
{
    Bytes,
    Percent,
    Decibels,
    Count,
}

/// <summary>A figure of two reports; null where one does not have it.</summary>
internal sealed record FigureChange(string Name, FigureKind Kind, double? Before, double? After)
{
    /// <summary>How much more it became; null where one report does not have it or both are infinite.</summary>
    public double? Change => After - Before is { } change && double.IsFinite(change) ? change : null;

    /// <summary>The same in percent of what it was.</summary>
    public double? ChangePercent => Change is { } change && Before is not 0 ? 100 * change / Before : null;

    /// <summary>1 where it became worse, -1 where better, 0 where neither can be said.</summary>
    public int Worse => Math.Sign(Change ?? 0) * (Kind is FigureKind.Percent or FigureKind.Decibels ? -1 : 1);
}

/// <summary>What became of a layer.</summary>
internal enum LayerChangeKind
{
    Changed,
    Added,
    Removed,
}

/// <summary>A layer of two reports.</summary>
/// <param name="Name">Its name in both.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Bytes">In the blob.</param>
/// <param name="SignalToNoise">In dB.</param>
/// <param name="PrecisionBefore">Null for one that was added.</param>
/// <param name="PrecisionAfter">Null for one that was removed.</param>
internal sealed record LayerChange(
    string Name, LayerChangeKind Kind, FigureChange Bytes, FigureChange SignalToNoise, string? PrecisionBefore, string? PrecisionAfter)
{
    public static LayerChange Of(string name, LayerReport? before, LayerReport? after) => new(
        name, before is null ? LayerChangeKind.Added : after is null ? LayerChangeKind.Removed : LayerChangeKind.Changed,
        new FigureChange("bytes", FigureKind.Bytes, before?.CodedBytes ?? 0, after?.CodedBytes ?? 0),
        new FigureChange("signal-to-noise", FigureKind.Decibels, before?.SignalToNoise, after?.SignalToNoise),
        before?.Precision, after?.Precision);
}
