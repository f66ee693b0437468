namespace ModelBuild.Compiler.Reporting.Page;

/// <summary>What a search tried.</summary>
internal static class SearchSection
{
    // Farther off than so many bounds all are equally useless; showing them to scale would hide what is near the bound.
    private const double MostBounds = 4;
    private const int Decimals = 3;

    public static string? Of(CompressionReport report)
    {
        if (report.Search is not { Trials.Count: > 0 } search) return null;
        SearchTrial[] trials = [.. search.Trials.Where(trial => double.IsFinite(trial.Closeness))];
        string drawing = trials.Length == 0 ? "" : Drawing(report, search, trials);
        return ReportPage.Section("What was tried", $"Models that were compiled and judged by <strong>{Html.Escape(search.Figure)}</strong>{Bounds(search)}.",
            drawing + "<h3>All trials</h3>\n" + Html.Table(["#", "settings:", "bytes", search.Figure, "verdict:"], search.Trials.Select((trial, i) => (string[])
                [Numbers.Of(i + 1), Html.Escape(trial.Settings), Numbers.Of(trial.Bytes), Numbers.Of(trial.Closeness, Decimals), Html.Escape(trial.Verdict)])));
    }

    private static string Bounds(SearchReport search) =>
        (search.Bound is { } bound ? $", of which {Numbers.Of(bound, Decimals)} is the worst that is allowed" : "")
        + (search.MaxSize is { } size ? $"; of bytes, {Numbers.Of(size)} are" : "");

    private static string Drawing(CompressionReport report, SearchReport search, SearchTrial[] trials)
    {
        Axis across = new(trials.Min(trial => Math.Min(trial.Bytes, search.MaxSize ?? trial.Bytes)), trials.Max(trial => trial.Bytes));
        double greatest = trials.Max(trial => trial.Closeness);
        if (search.Bound is { } bound) greatest = Math.Max(bound, Math.Min(greatest, MostBounds * bound));
        Axis up = new(Math.Min(0, trials.Min(trial => trial.Closeness)), greatest);
        return Plot.Dots(search.Figure, "against bytes of weights and plan; dashed: bounds; ringed: what was taken; beyond the upper edge: at it", across, up, search.Bound, search.MaxSize, Dots());

        IEnumerable<(double, double, string, string)> Dots()
        {
            foreach (SearchTrial trial in trials)
            {
                string style = trial.IsAccepted ? "good" : "bad";
                string figure = $"{trial.Settings}: {Numbers.Of(trial.Bytes)} bytes, {Numbers.Of(trial.Closeness, Decimals)}, {trial.Verdict}";
                if (trial.Bytes == report.CompressedBytes) yield return (trial.Bytes, trial.Closeness, $"{style} ring", figure);
                yield return (trial.Bytes, trial.Closeness, style, figure);
            }
        }
    }
}
