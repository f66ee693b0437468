using ModelBuild.Compiler.Checking;

namespace ModelBuild.Cli.Commands;

/// <summary>What modelbuild check found; the JSON output as it stands.</summary>
internal sealed record CheckReport(
    CheckPath Path, int Passed, int Failed, double Seconds, IReadOnlyList<CheckFamilyReport> Families, IReadOnlyList<CheckCaseReport> Failures)
{
    private const string Differs = "differs";

    /// <summary>How many cases failed with a diagnostic's code, and how many because outputs differ.</summary>
    public IReadOnlyDictionary<string, int> FailuresByCode { get; } = Failures.CountBy(failed => failed.Failures[0].Code ?? Differs).OrderBy(pair => pair.Key).ToDictionary();

    public static CheckReport Of(IReadOnlyList<CheckResult> results, CheckPath path, double seconds)
    {
        CheckFamilyReport[] families = [.. results.GroupBy(result => result.Case.Family).Select(group => new CheckFamilyReport(
            group.Key, group.Count(result => result.Passed), group.Count(result => !result.Passed), group.Sum(result => result.Milliseconds)))];
        CheckCaseReport[] failures = [.. results.Where(result => !result.Passed).Select(result => new CheckCaseReport(result.Case.FullName,
            [.. result.Failures.Select(failure => new CheckFailureReport(failure.Message, failure.Code, failure.Mismatch?.LargestError, failure.Mismatch?.Place))]))];
        return new CheckReport(path, results.Count - failures.Length, failures.Length, seconds, families, failures);
    }
}

/// <summary>The cases below a folder.</summary>
internal sealed record CheckFamilyReport(string Name, int Passed, int Failed, double Milliseconds);

/// <summary>A case that failed.</summary>
internal sealed record CheckCaseReport(string Case, IReadOnlyList<CheckFailureReport> Failures);

/// <summary>Why: the code of a diagnostic, or the largest error and its place.</summary>
internal sealed record CheckFailureReport(string Message, string? Code, double? LargestError, string? Place);
