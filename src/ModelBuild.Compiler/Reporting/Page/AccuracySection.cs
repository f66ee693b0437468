using ModelBuild.Compiler.Validation;

namespace ModelBuild.Compiler.Reporting.Page;

/// <summary>Accuracy before and after, and which classes changed.</summary>
internal static class AccuracySection
{
    // Room for the dots at the ends, in percent.
    private const double Margin = 2;

    public static string? Of(CompressionReport report)
    {
        if (report is not { FloatAccuracy: { } before, CompressedAccuracy: { } after, Changes: { } changes }) return null;
        string text = $"Measured on {Numbers.Of(after.Samples)} samples with the kernels that ship. The difference is "
            + $"<strong>{Numbers.Signed(after.Percent - before.Percent, 2)} points</strong>, with 95 % confidence between {Numbers.Signed(changes.Difference.Low, 2)} "
            + $"and {Numbers.Signed(changes.Difference.High, 2)} (paired, Agresti and Min 2005); were both models equally good, chance would give as much in "
            + $"{Numbers.Of(100 * changes.Chance, 0)} % of the cases (McNemar's exact test). Both find the same class for {Numbers.Of(changes.Agreements)} samples; "
            + $"{Numbers.Of(changes.Lost)} are right in the float model only, {Numbers.Of(changes.Gained)} in the compressed one only.";
        return ReportPage.Section("Accuracy", text, Intervals(before, after) + ClassTable(changes) + ConfusionTable(changes));
    }

    /// <summary>Both accuracies with Wilson's intervals on one scale.</summary>
    private static string Intervals(Accuracy before, Accuracy after)
    {
        double low = Math.Min(before.Interval.Low, after.Interval.Low), high = Math.Max(before.Interval.High, after.Interval.High);
        string strips = Html.Strips(new[] { ("Float", before), ("Compressed", after) }.Select(pair => (pair.Item1, Drawing(pair.Item2), Text(pair.Item2))));
        return strips + "<p>The lines are 95 % confidence intervals of each (Wilson 1927).</p>\n";

        string Drawing(Accuracy accuracy)
        {
            string left = Place(accuracy.Interval.Low), right = Place(accuracy.Interval.High), middle = Place(accuracy.Percent);
            return $"<line class=\"whisker\" x1=\"{left}\" y1=\"0.5\" x2=\"{right}\" y2=\"0.5\"/><line class=\"dot\" x1=\"{middle}\" y1=\"0.5\" x2=\"{middle}\" y2=\"0.5\"/>";
        }

        static string Text(Accuracy accuracy) =>
            $"{Numbers.Of(accuracy.Percent, 2)} % ({Numbers.Of(accuracy.Interval.Low, 2)} to {Numbers.Of(accuracy.Interval.High, 2)})";

        string Place(double percent) => Html.Coordinate(Margin + (100 - 2 * Margin) * (percent - low) / (high - low));
    }

    private static string ClassTable(ClassChanges changes)
    {
        if (changes.Classes.Count == 0) return "";
        return "<h3>Classes that gained or lost</h3>\n" + Html.Table(["class:", "samples", "float right", "compressed right", "change"],
            changes.Classes.Select(change => (string[])
                [Html.Escape(change.Name), Numbers.Of(change.Samples), Numbers.Of(change.Before), Numbers.Of(change.After), Change(change.Before - change.After, change.After - change.Before)]));
    }

    private static string ConfusionTable(ClassChanges changes)
    {
        if (changes.Confusions.Count == 0) return "";
        return "<h3>Confusions that changed most</h3>\n" + Html.Table(["is:", "taken for:", "float", "compressed", "change"],
            changes.Confusions.Select(change => (string[])
                [Html.Escape(change.Name), Html.Escape(change.Found), Numbers.Of(change.Before), Numbers.Of(change.After), Change(change.After - change.Before, change.After - change.Before)]));
    }

    private static string Change(int worse, int shown) => Html.Coloured(worse, Numbers.Signed(shown, 0));
}
