using ModelBuild.Compiler.Checking;

namespace ModelBuild.Cli.Commands;

/// <summary>What modelbuild check found; the JSON output as it stands.</summary>
internal sealed record CheckReport(
    CheckPath Path,
    int Passed,
    int Failed,
    double Seconds,
    IReadOnlyList<CheckFamilyReport> Families,
    IReadOnlyList<CheckCaseReport> Failures)
{
    private const string Differs = "differs";

    /// <summary>How many cases failed with a diagnostic's code, and how many because outputs differ.</summary>
    public IReadOnlyDictionary<string, int> FailuresByCode { get; } =
        Failures.CountBy(failed => failed.Failures[0].Code ?? Differs).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary();

    public static CheckReport Of(IReadOnlyList<CheckResult> results, CheckPath path, double seconds)
    {
        CheckFamilyReport[] families = [.. results.GroupBy(result => result.Case.Family).Select(CheckFamilyReport.Of)];
        CheckCaseReport[] failures = [.. results.Where(result => !result.Passed).Select(CheckCaseReport.Of)];
        return new CheckReport(path, results.Count - failures.Length, failures.Length, seconds, families, failures);
    }
}

/// <summary>The cases below a folder.</summary>
internal sealed record CheckFamilyReport(string Name, int Passed, int Failed, double Milliseconds)
{
    public static CheckFamilyReport Of(IGrouping<string, CheckResult> family)
    {
        int passed = family.Count(result => result.Passed);
        return new CheckFamilyReport(family.Key, passed, family.Count() - passed, family.Sum(result => result.Milliseconds));
    }
}

/// <summary>A case that failed.</summary>
internal sealed record CheckCaseReport(string Case, IReadOnlyList<CheckFailureReport> Failures)
{
    public static CheckCaseReport Of(CheckResult result) => new(result.Case.FullName, [.. result.Failures.Select(CheckFailureReport.Of)]);
}

/// <summary>Why: the code of a diagnostic, or the largest error and its place.</summary>
internal sealed record CheckFailureReport(string Message, string? Code, double? LargestError, string? Place)
{
    public static CheckFailureReport Of(CheckFailure failure) =>
        new(failure.Message, failure.Code, failure.Mismatch?.LargestError, failure.Mismatch?.Place);
}
