namespace ModelBuild.Compiler.Reporting.Page;

/// <summary>What was done to recover accuracy.</summary>
internal static class RecoverySection
{
    private const int Decimals = 2;

    public static string? Of(CompressionReport report) => report.Recovery.Count == 0 ? null : ReportPage.Section(
        "Recovery of accuracy", "The stages in the order in which they ran, each with its figure before and after.",
        Html.Table(["stage:", "figure:", "before", "after", "change", "outcome:"], report.Recovery.Select(stage => (string[])
        [
            Html.Escape(stage.Name), Html.Escape(stage.Figure), Numbers.Of(stage.Before, Decimals), Numbers.Of(stage.After, Decimals),
            Numbers.Signed(stage.After - stage.Before, Decimals), stage.Kept ? "kept" : "undone",
        ])));
}
