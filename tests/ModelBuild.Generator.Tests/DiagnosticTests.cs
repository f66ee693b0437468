using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Tests;

/// <summary>What cannot be generated is said with a code and a file, and the rest is generated all the same.</summary>
public class DiagnosticTests
{
    [Fact]
    public void An_unreadable_plan()
    {
        Diagnostic diagnostic = Single(null, Harness.File("/obj/bad.plan", PlanWriter.Header + "\nnonsense\n"));
        Assert.Equal("MB6003", diagnostic.Id);
        Assert.Equal("/obj/bad.plan", diagnostic.Location.GetLineSpan().Path);
        Assert.Contains("Plan line 2: unknown keyword", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_contradicts_itself()
    {
        ModelPlan plan = SamplePlans.Tiny with { Buffers = [] };
        Diagnostic diagnostic = Single(null, Harness.File(plan));
        Assert.Equal("MB6003", diagnostic.Id);
        Assert.Contains("unknown buffer \"image\"", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("long[", "decimal[", "unknown element type \"decimal\"")]
    [InlineData("long[", "BFloat16[", "input or output of type BFloat16")]
    [InlineData("input ids int[1,4]", "input ids int[1,4] pixels", "takes pixels")]
    [InlineData("@table", "@chair", "unknown buffer \"chair\"")]
    [InlineData("Gather<float,int>", "Gather<float,object>", "unknown element type \"object\"")]
    [InlineData("Gather<float,int>", "Gather<float", "no kind of layer")]
    public void A_plan_with_a_mistake_about_types(string good, string bad, string complaint)
    {
        string text = PlanWriter.Write(TensorPlans.Words);
        Assert.Contains(good, text, StringComparison.Ordinal);
        Diagnostic diagnostic = Single(null, Harness.File("/obj/words.plan", text.Replace(good, bad, StringComparison.Ordinal)));
        Assert.Equal("MB6003", diagnostic.Id);
        Assert.Contains(complaint, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_whose_output_leaves_too_early()
    {
        ModelPlan plan = SamplePlans.Tiny with { Layers = [.. SamplePlans.Tiny.Layers.Reverse()] };
        Diagnostic diagnostic = Single(null, Harness.File(plan));
        Assert.Equal("MB6003", diagnostic.Id);
        Assert.Contains("entries, others, exits", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_models_of_one_class()
    {
        Diagnostic diagnostic = Single(null, Harness.File(SamplePlans.Tiny), Harness.File(SamplePlans.Tiny with { Source = "other.pb" }));
        Assert.Equal("MB5002", diagnostic.Id);
        Assert.Contains("tiny.pb and other.pb both become the class Samples.Tiny", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A", "1st")]
    [InlineData("A", "Predict")]
    [InlineData("A", "Top")]
    [InlineData("A..B", "Good")]
    public void Names_that_cannot_be(string space, string name) => Assert.Equal("MB5001", Single(null, Harness.File(SamplePlans.Tiny.Named(space, name))).Id);

    [Fact]
    public void An_old_language_version()
    {
        Diagnostic diagnostic = Single(Harness.Parse(LanguageVersion.CSharp11), Harness.File(SamplePlans.Tiny), Harness.File(SamplePlans.Names));
        Assert.Equal("MB6002", diagnostic.Id);
        Assert.Contains("11.0", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void A_good_plan_is_generated_beside_a_bad_one()
    {
        GeneratorRunResult result = Run(null, Harness.File("/obj/bad.plan", "nonsense"), Harness.File(SamplePlans.Tiny));
        Assert.Single(result.Diagnostics);
        Assert.Contains(result.GeneratedSources, source => source.HintName == "Samples.Tiny.g.cs");
    }

    [Fact]
    public void Other_additional_files_are_left_alone()
    {
        GeneratorRunResult result = Run(null, Harness.File("/unmarked.plan", "nonsense"), Harness.File("/marked.txt", "nonsense"));
        Assert.Empty(result.Diagnostics);
        Assert.Equal("Microsoft.CodeAnalysis.EmbeddedAttribute.cs", Assert.Single(result.GeneratedSources).HintName);
    }

    private static Diagnostic Single(CSharpParseOptions? parse, params AdditionalText[] files) => Assert.Single(Run(parse, files).Diagnostics);

    private static GeneratorRunResult Run(CSharpParseOptions? parse, params AdditionalText[] files) =>
        Harness.Driver(parse, files).RunGenerators(Harness.Compilation(parse)).GetRunResult().Results.Single();
}
