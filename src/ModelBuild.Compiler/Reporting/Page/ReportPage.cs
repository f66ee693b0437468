using System.Globalization;
using System.Text;

namespace ModelBuild.Compiler.Reporting.Page;

/// <summary>A report as an HTML page that needs nothing else: style and drawings are in it, and there is no script.</summary>
internal static class ReportPage
{
    private const double Million = 1e6;

    // In the order of the page; null where a report has nothing to show.
    private static readonly Func<CompressionReport, string?>[] Sections =
        [SizeSection.Of, AccuracySection.Of, LayerSection.Of, RecoverySection.Of, SearchSection.Of, TimeSection.Of];

    private static readonly Lazy<string> Style = new(() =>
    {
        using Stream style = typeof(ReportPage).Assembly.GetManifestResourceStream("ModelBuild.Compiler.Reporting.Page.page.css")!;
        using StreamReader reader = new(style);
        return reader.ReadToEnd();
    });

    /// <summary>The page.</summary>
    public static string Of(CompressionReport report)
    {
        StringBuilder page = new();
        page.Append($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Html.Escape(report.Source)}: compression</title>
            <style>
            {Style.Value}</style>
            </head>
            <body>
            <main>
            <h1>{Html.Escape(report.Source)} <small>compiled to {Html.Escape(report.ClassName)}</small></h1>
            <div class="tiles">

            """);
        foreach ((string figure, string what) in Tiles(report))
            page.Append($"<div class=\"tile\"><b>{Html.Escape(figure)}</b><span>{Html.Escape(what)}</span></div>\n");
        page.Append("</div>\n");
        foreach (string warning in report.Warnings) page.Append($"<div class=\"warning\">{Html.Escape(warning)}</div>\n");
        foreach (Func<CompressionReport, string?> section in Sections) page.Append(section(report));
        page.Append("<footer>Written by ModelBuild; report.json beside this page holds the same figures.</footer>\n</main>\n</body>\n</html>\n");
        return page.ToString();
    }

    /// <summary>A section with a heading.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="text">What is to be known, as HTML.</param>
    /// <param name="content">Tables and drawings, as HTML.</param>
    public static string Section(string title, string text, string content) => $"""
        <section>
        <h2>{Html.Escape(title)}</h2>
        <p>{text}</p>
        {content}</section>

        """;

    private static IEnumerable<(string Figure, string What)> Tiles(CompressionReport report)
    {
        yield return (Numbers.Size(report.CompressedBytes),
            string.Create(CultureInfo.InvariantCulture, $"of {Numbers.Size(report.SourceBytes)}: {(double)report.SourceBytes / report.CompressedBytes:F1} times smaller"));
        if (report is { FloatAccuracy: { } before, CompressedAccuracy: { } after })
            yield return ($"{Numbers.Of(after.Percent, 2)} %", $"accuracy; the float model has {Numbers.Of(before.Percent, 2)} %");
        if (report.SignalToNoise is { } ratio) yield return (Numbers.Decibels(ratio), "signal-to-noise of the output");
        // "int8", "int8, ranges from batch norms" or "int8 activations, Int4 weights": the type stands large, the rest below.
        string precision = SummaryLine.Precision(report);
        int end = precision.AsSpan().IndexOfAny(' ', ',');
        string type = end < 0 ? precision : precision[..end], rest = end < 0 ? "" : precision[end..];
        yield return (type, rest.StartsWith(' ') ? rest.TrimStart() : $"weights and activations{rest}");
        yield return ($"{Numbers.Of(report.MultiplyAdds / Million, 2)} M", "multiply-adds a call");
        yield return (Numbers.Of(report.Layers.Count), report.FloatLayers == 0 ? "layers" : $"layers, {Numbers.Of(report.FloatLayers)} of them in float");
        yield return (Numbers.Size(report.ArenaBytes), "working memory a call");
    }
}
