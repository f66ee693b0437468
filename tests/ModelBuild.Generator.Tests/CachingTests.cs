using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelBuild.Generator.Tests;

/// <summary>Nothing is done twice: typing in an editor runs the generator at every key.</summary>
public class CachingTests
{
    [Fact]
    public void The_same_compilation_again() => AssertCached((driver, consumer) => driver.RunGenerators(consumer));

    [Fact]
    public void Another_source_file_changed() => AssertCached((driver, consumer) =>
        driver.RunGenerators(consumer.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Unrelated;", Harness.Parse()))));

    [Fact]
    public void The_plan_was_written_again_with_the_same_content() => AssertCached((driver, consumer) =>
        driver.ReplaceAdditionalTexts([Harness.File(SamplePlans.Tiny), Harness.File(SamplePlans.Names)]).RunGenerators(consumer));

    [Fact]
    public void One_changed_plan_leaves_the_other_and_the_kernels_alone()
    {
        CSharpCompilation consumer = Harness.Compilation();
        GeneratorDriver driver = Harness.Driver(null, Harness.File(SamplePlans.Tiny), Harness.File(SamplePlans.Names)).RunGenerators(consumer);
        GeneratorRunResult before = driver.GetRunResult().Results.Single();
        AdditionalText changed = Harness.File(SamplePlans.Tiny with { Remarks = ["Other."] });
        GeneratorRunResult after = driver.ReplaceAdditionalTexts([changed, Harness.File(SamplePlans.Names)])
            .RunGenerators(consumer).GetRunResult().Results.Single();
        string[] rewritten = [.. after.GeneratedSources.Where(source => !before.GeneratedSources.Any(old => ReferenceEquals(old.SourceText, source.SourceText))).Select(s => s.HintName)];
        Assert.Equal(["Samples.Tiny.g.cs"], rewritten);
    }

    private static void AssertCached(Func<GeneratorDriver, CSharpCompilation, GeneratorDriver> again)
    {
        CSharpCompilation consumer = Harness.Compilation();
        GeneratorDriver driver = Harness.Driver(null, Harness.File(SamplePlans.Tiny), Harness.File(SamplePlans.Names)).RunGenerators(consumer);
        GeneratorRunResult result = again(driver, consumer).GetRunResult().Results.Single();
        foreach (string step in ModelGenerator.Steps) Assert.Contains(step, result.TrackedSteps.Keys);
        IEnumerable<IncrementalGeneratorRunStep> own = result.TrackedSteps
            .Where(step => ModelGenerator.Steps.Contains(step.Key)).Concat(result.TrackedOutputSteps).SelectMany(step => step.Value);
        Assert.All(own.SelectMany(step => step.Outputs), output =>
            Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, output.Reason.ToString()));
    }
}
