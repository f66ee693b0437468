using System.CommandLine;
using System.Diagnostics;
using ModelBuild.Compiler.Checking;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Reporting;
using Spectre.Console;

namespace ModelBuild.Cli.Commands;

/// <summary>modelbuild check: graphs with TensorFlow's outputs against what this compiler makes of them.</summary>
internal static class CheckCommand
{
    private const string Details = """
        Folders are searched recursively for two kinds of cases:
          graph.pb, case.json   an operation: in_<input>.npy, out_<k>.npy; case.json has "outputs" (names) and
                                "tolerance" (|got - want| <= abs + rel * |want|; integers are to be equal)
          model.pb, model.json  a network: in_<i>.npy -> out_<i>.npy for each sample i; model.json has "input" and
                                "output" (names); the error may be 1e-3 of the output's range
        The folder above a case is its family. Exit code: 0 all passed, 1 failures, 2 wrong usage or files.
        """;

    public static Command Create(Reporter reporter)
    {
        Argument<string[]> folders = new("folder") { Description = "Where to look for cases.", Arity = ArgumentArity.OneOrMore };
        Option<bool> passes = new("--passes") { Description = "Run the graph as the passes leave it instead of as it was imported." };
        Option<bool> plan = new("--plan") { Description = "Run the float32 plan by the kernels that ship instead of the graph." };
        Option<string?> family = new("--family") { Description = "Only cases whose folder lies in a folder of this name." };
        DetailedCommand command = new("check", "Runs graphs on stored inputs and compares with stored outputs.", Details)
        {
             folders, passes, plan, family, Shared.Json,
        };
        command.SetAction(result =>
        {
            CheckPath path = result.GetValue(plan) ? CheckPath.Plan : result.GetValue(passes) ? CheckPath.Passes : CheckPath.Import;
            string[] found = [.. result.GetRequiredValue(folders).Select(folder => Paths.Full(folder, "folder"))];
            return Run(reporter, found, result.GetValue(family), path, result.GetValue(Shared.Json));
        });
        return command;
    }

    private static int Run(Reporter reporter, string[] folders, string? family, CheckPath path, bool json)
    {
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<CheckCase> cases = CheckCases.Find(folders, family);
        if (cases.Count == 0)
        {
            string which = family is null ? "There is no case" : $"There is no case of the family {family}";
            throw new ModelBuildException(DiagnosticCode.DataUnreadable,
                $"{which} here: no folder with graph.pb and case.json, or model.pb and model.json.", folders[0]);
        }
        IReadOnlyList<CheckResult> results = CheckRunner.Run(cases, path);
        CheckReport report = CheckReport.Of(results, path, Stopwatch.GetElapsedTime(start).TotalSeconds);
        if (json) reporter.WriteJson(report);
        else Write(reporter.Console, report);
        return report.Failed == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static void Write(IAnsiConsole console, CheckReport report)
    {
        Table table = Tables.Create("family", "cases", "passed", "failed", "ms");
        foreach (CheckFamilyReport family in report.Families)
        {
            string failed = family.Failed == 0 ? "" : Numbers.Of(family.Failed), cases = Numbers.Of(family.Passed + family.Failed);
            table.AddRow(Markup.Escape(family.Name), cases, Numbers.Of(family.Passed), failed, Numbers.Of(family.Milliseconds, 0));
        }
        console.Write(table);
        foreach (CheckCaseReport failed in report.Failures)
        {
            foreach (CheckFailureReport failure in failed.Failures)
                console.WriteLine($"FAILED {failed.Case}: {(failure.Code is null ? "" : failure.Code + " ")}{failure.Message}");
        }
        if (report.FailuresByCode.Count > 0)
        {
            string codes = string.Join(", ", report.FailuresByCode.Select(code => $"{code.Key} {Numbers.Of(code.Value)}"));
            console.WriteLine($"failures by code: {codes}");
        }
        console.WriteLine($"{Numbers.Of(report.Passed)} passed, {Numbers.Of(report.Failed)} failed in {Numbers.Of(report.Seconds, 1)} s");
    }
}
