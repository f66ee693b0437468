using System.Runtime.CompilerServices;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Tests;

/// <summary>
/// The generated text beside an approved one in Baselines/. After an intended change run the tests with
/// MODELBUILD_UPDATE_BASELINES=1 and review the difference.
/// </summary>
public class BaselineTests
{
    [Fact]
    public void A_classifier() => Check(SamplePlans.Tiny);

    [Fact]
    public void Several_ports_and_awkward_names() => Check(SamplePlans.Names);

    [Fact]
    public void Tensor_layers_with_constants() => Check(TensorPlans.Words);

    private static void Check(ModelPlan plan, [CallerFilePath] string here = "")
    {
        string file = plan.ClassName + ".txt", actual = Harness.Source(plan);
        if (Environment.GetEnvironmentVariable("MODELBUILD_UPDATE_BASELINES") == "1")
            File.WriteAllText(Path.Combine(Path.GetDirectoryName(here)!, "Baselines", file), actual);
        else
            Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Baselines", file)), actual, ignoreLineEndingDifferences: false);
    }
}
