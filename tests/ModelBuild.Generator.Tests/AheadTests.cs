using Microsoft.CodeAnalysis;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Tests;

/// <summary>Which tensors a second thread may decode.</summary>
public class AheadTests
{
    [Fact]
    public void Large_coded_levels_are_told_in_the_order_in_which_they_are_read()
    {
        ModelPlan plan = Plan(600_000, "Rans");
        Assert.Contains("ahead: [0, 600000, 640000, 600000, 600000, 640000]", Harness.Source(plan), StringComparison.Ordinal);
        Compilation compilation = Harness.Generate(Harness.Compilation(), null, plan);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    [Theory]
    [InlineData(400_000, "Rans")]
    [InlineData(640_000, "Raw")]
    public void What_is_not_worth_a_thread_is_not(int bytes, string coding) =>
        Assert.DoesNotContain("ahead:", Harness.Source(Plan(bytes, coding)), StringComparison.Ordinal);

    /// <summary>Two dense layers of 800 x 800 weights.</summary>
    private static ModelPlan Plan(int bytes, string coding) => SamplePlans.Tiny with
    {
        BlobBytes = 2 * bytes,
        Layers = [.. SamplePlans.Tiny.Layers.SelectMany(layer => layer.Kind == "DenseInt8" ? Twice(layer, bytes, coding) : [layer])],
    };

    private static PlanLayer[] Twice(PlanLayer layer, int bytes, string coding) =>
    [
        layer with { Parameters = [.. layer.Parameters.Select(parameter => Weights(parameter, 0, bytes, coding))] },
        layer with { Name = "second", Parameters = [.. layer.Parameters.Select(parameter => Weights(parameter, bytes, bytes, coding))] },
    ];

    private static PlanParameter Weights(PlanParameter parameter, int offset, int bytes, string coding) =>
        parameter.Name == "weights" ? new("weights", new PlanValue.Tensor(new("sbyte", [800, 800], offset, bytes, coding))) : parameter;
}
