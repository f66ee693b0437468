using System.Globalization;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Reporting;
using ModelBuild.Compiler.Search;

namespace ModelBuild.Compiler.Validation;

/// <summary>What compression may cost.</summary>
internal static class Budget
{
    /// <summary>The best model that was found keeps the budgets.</summary>
    /// <param name="report">Of that model.</param>
    /// <param name="maxDrop">Most accuracy that may be lost, in percentage points; null for any.</param>
    /// <param name="maxSize">Most bytes of weights and plan; null for any.</param>
    /// <exception cref="ModelBuildException">MB4001: more accuracy was lost; MB4002: it is larger.</exception>
    public static void Require(CompressionReport report, double? maxDrop, long? maxSize)
    {
        if (maxDrop is { } most && report is { FloatAccuracy: { } before, CompressedAccuracy: { } after } && before.Percent - after.Percent > most)
        {
            throw Exceeded(DiagnosticCode.DropExceeded, report, string.Create(CultureInfo.InvariantCulture,
                $"Compression costs {before.Percent - after.Percent:F2} percentage points of accuracy ({before.Percent:F2} % -> {after.Percent:F2} % of {after.Samples} samples), more than MaxDrop=\"{most}\" allows")
                + (maxSize is { } limit ? $" with MaxSize={Numbers.Of(limit)} bytes." : ".")
                + Tried(report) + " Give calibration data that are like those in use, set Quantize to Dynamic or None, or allow more.");
        }
        if (report.CompressedBytes <= (maxSize ?? long.MaxValue)) return;
        string accuracy = report is { FloatAccuracy: { } whole, CompressedAccuracy: { } left }
            ? $", with an accuracy of {Numbers.Of(left.Percent, 2)} % ({Numbers.Of(whole.Percent, 2)} % before)" : "";
        throw Exceeded(DiagnosticCode.SizeExceeded, report,
            $"The model takes {Numbers.Of(report.CompressedBytes)} bytes, {Numbers.Of(report.WeightBytes)} of weights and {Numbers.Of(report.CompressedBytes - report.WeightBytes)} of the plan{accuracy}, "
            + $"more than MaxSize allows, which is {Numbers.Of(maxSize!.Value)}.{Tried(report)} "
            + (report.Search is null ? "Give CalibrationData, on which smaller models are searched for, or allow more." : "Allow more, or a larger MaxDrop."));
    }

    /// <summary>What a user should know of a model that keeps its budgets.</summary>
    public static IReadOnlyList<string> Warnings(CompressionReport report)
    {
        if (report.Search?.Trials.FirstOrDefault(trial => trial.Bytes == report.CompressedBytes && trial.Verdict == SearchTarget.SmallButFar) is not { } trial)
            return [];
        return
        [
            $"MB{(int)DiagnosticCode.SmallButFar}: The model is as small as MaxSize asks for, but far from the float one ({report.Search.Figure}: {Numbers.Of(trial.Closeness, 2)}). "
                + "Allow more bytes, or give MaxDrop with ValidationData to fail the build instead.",
        ];
    }

    private static ModelBuildException Exceeded(DiagnosticCode code, CompressionReport report, string message) => new(code, message) { Report = report };

    /// <summary>" It is the best of 9 that were tried (bytes: accuracy lost, points): 25,935: 0.00, 19,516: 0.10."</summary>
    private static string Tried(CompressionReport report)
    {
        if (report.Search is not { } search) return "";
        IEnumerable<string> trials = search.Trials.Select(trial => $"{Numbers.Of(trial.Bytes)}: {Numbers.Of(trial.Closeness, 2)}");
        return $" It is the best of {Numbers.Of(search.Trials.Count)} that were tried (bytes: {search.Figure}): {string.Join("; ", trials)}.";
    }
}
