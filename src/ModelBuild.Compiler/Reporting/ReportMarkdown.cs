using System.Text;

namespace ModelBuild.Compiler.Reporting;

/// <summary>Reports as Markdown, for comments of pull requests.</summary>
internal static class ReportMarkdown
{
    // A comment is to be taken in at a glance.
    private const int MostLayers = 20;

    /// <summary>A report alone.</summary>
    public static string Of(CompressionReport report)
    {
        StringBuilder text = new($"### {Cell(report.Source)}\n\n{Cell(report.Summary)}\n\n");
        if (report is { FloatAccuracy: { } before, CompressedAccuracy: { } after, Changes: { } changes })
        {
            text.Append($"Accuracy {Numbers.Of(before.Percent, 2)} % to {Numbers.Of(after.Percent, 2)} % of {Numbers.Of(after.Samples)} samples, ");
            text.Append($"difference with 95 % confidence between {Numbers.Signed(changes.Difference.Low, 2)} and {Numbers.Signed(changes.Difference.High, 2)} points.\n\n");
        }
        text.Append("| layer | precision | bytes | bits a weight | dB |\n| --- | --- | ---: | ---: | ---: |\n");
        foreach (LayerReport layer in report.Layers.Where(layer => layer.CodedBytes > 0))
        {
            text.Append($"| {Cell(layer.Name)} | {Cell(layer.Precision)} | {Numbers.Of(layer.CodedBytes)} ");
            text.Append($"| {(layer.CodedBitsPerWeight is { } bits ? Numbers.Of(bits, 2) : "")} | {FigureText.Of(FigureKind.Decibels, layer.SignalToNoise)} |\n");
        }
        return text.ToString();
    }

    /// <summary>The difference of two.</summary>
    /// <param name="source">Name of the model.</param>
    /// <param name="difference">The difference.</param>
    public static string Of(string source, ReportDifference difference)
    {
        StringBuilder text = new($"### {Cell(source)}\n\n| | before | after | change |\n| --- | ---: | ---: | ---: |\n");
        foreach (FigureChange figure in difference.Figures)
            text.Append($"| {figure.Name} | {FigureText.Of(figure.Kind, figure.Before)} | {FigureText.Of(figure.Kind, figure.After)} | {Mark(figure)} |\n");
        if (difference.Layers.Count == 0) return text.Append("\nNo layer changed.\n").ToString();
        text.Append("\n| layer | bytes before | after | change | dB before | after | |\n| --- | ---: | ---: | ---: | ---: | ---: | --- |\n");
        foreach (LayerChange layer in difference.Layers.Take(MostLayers))
        {
            text.Append($"| {Cell(layer.Name)} | {Bytes(layer.Bytes.Before)} | {Bytes(layer.Bytes.After)} | {Mark(layer.Bytes)} ");
            text.Append($"| {FigureText.Of(FigureKind.Decibels, layer.SignalToNoise.Before)} | {FigureText.Of(FigureKind.Decibels, layer.SignalToNoise.After)} ");
            text.Append($"| {Cell(FigureText.Precision(layer))} |\n");
        }
        if (difference.Layers.Count > MostLayers) text.Append($"\n{Numbers.Of(difference.Layers.Count - MostLayers)} more layers changed less.\n");
        return text.ToString();
    }

    private static string Bytes(double? bytes) => bytes is { } known ? Numbers.Of((long)known) : "";

    /// <summary>What became worse stands out.</summary>
    private static string Mark(FigureChange figure) => figure.Worse > 0 ? $"**{FigureText.Change(figure)}**" : FigureText.Change(figure);

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
