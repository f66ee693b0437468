using System.CommandLine;
using ModelBuild.Compiler;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Reporting;
using Spectre.Console;

namespace ModelBuild.Cli.Commands;

/// <summary>modelbuild report: shows a report of a compression, or what two differ in.</summary>
internal static class ReportCommand
{
    private const string Details = """
        Takes the NAME.report.json that builds and 'modelbuild compress' write: one to show it, two to show what changed from the
        first to the second: size, accuracy, signal-to-noise, and the layers that are new, gone or not as before.

        For pull requests --markdown writes tables. For a gate, --fail-on-larger gives the percentage by which the second may be
        larger, and --fail-on-drop the percentage points of accuracy that it may lose (of one report: against the float model).

        Exit code: 0 shown, 1 a limit was exceeded, 2 a report cannot be read or lacks what a limit is about.

          modelbuild report main/digits.report.json obj/Release/net10.0/ModelBuild/digits.report.json --markdown --fail-on-larger 2
        """;

    public static Command Create(Reporter reporter)
    {
        Argument<string[]> files = new("reports") { Description = "One report.json, or two to compare.", Arity = new ArgumentArity(1, 2) };
        Option<bool> markdown = new("--markdown") { Description = "Write tables for a comment of a pull request." };
        Option<double?> larger = new("--fail-on-larger")
        {
            Description = "Exit with 1 if the second model is larger by more percent.", HelpName = "percent",
        };
        Option<double?> drop = new("--fail-on-drop")
        {
            Description = "Exit with 1 if more percentage points of accuracy are lost.", HelpName = "points",
        };
        DetailedCommand command = new("report", "Shows what a compression did, or what two differ in.", Details)
        {
            files, markdown, larger, drop, Shared.Json,
        };
        command.SetAction(result =>
        {
            CompressionReport[] reports = [.. result.GetRequiredValue(files).Select(path => ReportFile.Read(Paths.Full(path, "reports")))];
            string[] exceeded = [.. Exceeded(reports, result.GetValue(larger), result.GetValue(drop))];
            if (reports is [var only]) Show(reporter, only, result.GetValue(Shared.Json), result.GetValue(markdown));
            else Show(reporter, reports[1].Source, ReportDifference.Of(reports[0], reports[1]), result.GetValue(Shared.Json), result.GetValue(markdown));
            foreach (string limit in exceeded) reporter.Progress(limit);
            return exceeded.Length == 0 ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }

    /// <summary>What the limits say about the reports.</summary>
    /// <exception cref="ModelBuildException">MB6001: a limit about what the reports do not have.</exception>
    private static IEnumerable<string> Exceeded(CompressionReport[] reports, double? larger, double? drop)
    {
        if (larger is { } percent)
        {
            if (reports.Length == 1) throw new ModelBuildException(DiagnosticCode.UnknownOption, "--fail-on-larger compares two reports. Give both.");
            double grown = 100.0 * (reports[1].CompressedBytes - reports[0].CompressedBytes) / reports[0].CompressedBytes;
            if (grown > percent) yield return $"The model is {Numbers.Of(grown, 2)} % larger; --fail-on-larger allows {Numbers.Of(percent, 2)} %.";
        }
        if (drop is { } points)
        {
            if ((reports.Length == 1 ? reports[0].FloatAccuracy : reports[0].CompressedAccuracy) is not { } before || reports[^1].CompressedAccuracy is not { } after)
            {
                throw new ModelBuildException(DiagnosticCode.UnknownOption,
                    "--fail-on-drop needs reports with accuracies. Compress the models with validation data and labels.");
            }
            double lost = before.Percent - after.Percent;
            if (lost > points) yield return $"{Numbers.Of(lost, 2)} points of accuracy are lost; --fail-on-drop allows {Numbers.Of(points, 2)}.";
        }
    }

    private static void Show(Reporter reporter, CompressionReport report, bool json, bool markdown)
    {
        if (json) reporter.WriteJson(report);
        else if (markdown) reporter.Write(ReportMarkdown.Of(report));
        else ReportTables.Write(reporter.Console, report);
    }

    private static void Show(Reporter reporter, string source, ReportDifference difference, bool json, bool markdown)
    {
        if (json) reporter.WriteJson(difference);
        else if (markdown) reporter.Write(ReportMarkdown.Of(source, difference));
        else ReportTables.Write(reporter.Console, difference);
    }
}
