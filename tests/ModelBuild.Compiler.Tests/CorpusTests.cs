using ModelBuild.Compiler.Checking;

namespace ModelBuild.Compiler.Tests;

/// <summary>Graphs made with TensorFlow against its own outputs: a few of each family from the repository, all from the corpus.</summary>
public class CorpusTests
{
    // What a plan refuses: an operation without kernel, and sizes that depend on the data.
    private static readonly string[] Refusals = ["MB1006", "MB1010"];

    [Theory]
    [InlineData(nameof(CheckPath.Import))]
    [InlineData(nameof(CheckPath.Passes))]
    public void SamplesOfAllFamiliesAgree(string path) => RequireAllPassed(Run(Repository.Path("tests/data/ops"), path));

    [Fact]
    public void PlansOfSamplesAgreeOrAreRefused() => RequirePassedOrRefused(Run(Repository.Path("tests/data/ops"), nameof(CheckPath.Plan)));

    [SkippableTheory]
    [InlineData("ops", nameof(CheckPath.Import))]
    [InlineData("ops", nameof(CheckPath.Passes))]
    [InlineData("models", nameof(CheckPath.Import))]
    [InlineData("models", nameof(CheckPath.Passes))]
    [InlineData("models", nameof(CheckPath.Plan))]
    public void TheCorpusAgrees(string folder, string path) => RequireAllPassed(Run(Corpus.Path(folder), path));

    [SkippableFact]
    public void PlansOfTheCorpusAgreeOrAreRefused() => RequirePassedOrRefused(Run(Corpus.Path("ops"), nameof(CheckPath.Plan)));

    private static IReadOnlyList<CheckResult> Run(string folder, string path)
    {
        IReadOnlyList<CheckCase> cases = CheckCases.Find([folder]);
        Assert.NotEmpty(cases);
        return CheckRunner.Run(cases, Enum.Parse<CheckPath>(path));
    }

    private static void RequireAllPassed(IEnumerable<CheckResult> results)
    {
        string[] failed = [.. results.Where(result => !result.Passed).Select(Describe)];
        Assert.True(failed.Length == 0, $"{failed.Length} cases fail:\n{string.Join('\n', failed)}");
    }

    private static void RequirePassedOrRefused(IReadOnlyList<CheckResult> results)
    {
        // Most graphs can be compiled, or the test would say nothing.
        Assert.True(results.Count(result => result.Passed) > results.Count / 2, "Most plans are refused.");
        RequireAllPassed(results.Where(result => !result.Failures.Any(failure => Refusals.Contains(failure.Code))));
    }

    private static string Describe(CheckResult result) => $"{result.Case.FullName}: {result.Failures[0].Message}";
}
