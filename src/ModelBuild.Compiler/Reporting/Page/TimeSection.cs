namespace ModelBuild.Compiler.Reporting.Page;

/// <summary>How long compression took.</summary>
internal static class TimeSection
{
    private const int Decimals = 2;

    public static string? Of(CompressionReport report)
    {
        if (report.Times.Count == 0) return null;
        double most = report.Times.Max(time => time.Seconds), all = report.Times.Sum(time => time.Seconds);
        return ReportPage.Section("Time of compression", $"{Numbers.Of(all, Decimals)} seconds on the machine that built.",
            Html.Bars(report.Times.Select(time => (time.Stage, 0.0, 100 * time.Seconds / Math.Max(most, double.Epsilon), $"{Numbers.Of(time.Seconds, Decimals)} s"))));
    }
}
