namespace ModelBuild.Compiler.Reporting.Page;

/// <summary>Size, precision, noise and work of each layer.</summary>
internal static class LayerSection
{
    private const double Million = 1e6;

    public static string? Of(CompressionReport report)
    {
        LayerReport[] layers = [.. report.Layers.Where(layer => layer.CodedBytes > 0 || layer.MultiplyAdds > 0 || layer.SignalToNoise is not null)];
        if (layers.Length == 0) return null;
        string drawings = Plot.Columns("Bytes", "in the blob", Columns(layer => null, layer => layer.CodedBytes, layer => Numbers.Size(layer.CodedBytes)))
            + Plot.Columns("Bits a weight", "strong: in the blob, with biases and scales; pale: that its levels need",
                Columns(layer => layer.LevelBits, layer => layer.CodedBitsPerWeight, layer => $"{Optional(layer.CodedBitsPerWeight, 2)}, levels {layer.LevelBits}"));
        if (layers.Any(layer => layer.ZeroShare > 0))
            drawings += Plot.Columns("Zero weights", "in percent", Columns(layer => null, layer => 100 * layer.ZeroShare, layer => $"{Optional(100 * layer.ZeroShare, 1)} %"));
        if (layers.Any(layer => layer.SignalToNoise is { } ratio && double.IsFinite(ratio)))
        {
            drawings += Plot.Columns("Signal-to-noise", "in dB, the noise of earlier layers included",
                Columns(layer => null, layer => layer.SignalToNoise is { } ratio && double.IsFinite(ratio) ? Math.Max(0, ratio) : null, layer => Noise(layer)));
        }
        drawings += Plot.Columns("Multiply-adds", "millions a call", Columns(layer => null, layer => layer.MultiplyAdds / Million, layer => $"{Numbers.Of(layer.MultiplyAdds)}"));
        string text = "In the order of execution, from left to right; the same layers, by number, in the table. Layers without weights or measured noise are left out.";
        return ReportPage.Section("Layers", text, drawings + Table(layers));

        IReadOnlyList<(string, double?, double?, string)> Columns(
            Func<LayerReport, double?> pale, Func<LayerReport, double?> main, Func<LayerReport, string> figure) =>
            [.. layers.Select(layer => (layer.Name, pale(layer), main(layer), figure(layer)))];
    }

    private static string Table(LayerReport[] layers) =>
        "<h3>All layers</h3>\n" + Html.Table(
            ["#", "layer:", "precision:", "weights", "float bytes", "coded bytes", "bits a weight", "level bits", "zeros %", "multiply-adds", "dB"],
            layers.Select((layer, i) => (string[])
            [
                Numbers.Of(i + 1), $"{Html.Escape(layer.Name)}<small>{Html.Escape(layer.Remarks)}</small>", Html.Escape(layer.Precision),
                Count(layer.Weights), Count(layer.FloatBytes), Count(layer.CodedBytes), Optional(layer.CodedBitsPerWeight, 2),
                Optional(layer.LevelBits, 0), Optional(100 * layer.ZeroShare, 1), Count(layer.MultiplyAdds), Noise(layer).Replace(" dB", "", StringComparison.Ordinal),
            ]));

    private static string Noise(LayerReport layer) => layer.SignalToNoise is { } ratio ? Numbers.Decibels(ratio) : "";

    private static string Count(long count) => count == 0 ? "" : Numbers.Of(count);

    private static string Optional(double? value, int decimals) => value is { } known ? Numbers.Of(known, decimals) : "";
}
