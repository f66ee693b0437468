using ModelBuild.Compiler.Checking;

namespace ModelBuild.Compiler.Tests;

/// <summary>Graphs made with TensorFlow against its own outputs.</summary>
public class CorpusTests
{
    [SkippableTheory]
    [InlineData("ops", nameof(CheckPath.Import))]
    [InlineData("ops", nameof(CheckPath.Passes))]
    [InlineData("models", nameof(CheckPath.Import))]
    [InlineData("models", nameof(CheckPath.Passes))]
    public void AgreesWithTensorFlow(string folder, string path)
    {
        IReadOnlyList<CheckCase> cases = CheckCases.Find([Corpus.Path(folder)]);

        IReadOnlyList<CheckResult> results = CheckRunner.Run(cases, Enum.Parse<CheckPath>(path));

        string[] failed = [.. results.Where(result => !result.Passed)
            .Select(result => $"{result.Case.FullName}: {result.Failures[0].Message}")];
        Assert.NotEmpty(results);
        Assert.True(failed.Length == 0, $"{failed.Length} of {results.Count} cases fail:\n{string.Join('\n', failed)}");
    }
}
