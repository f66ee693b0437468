using System.Reflection;
using ModelBuild.Plan;

namespace ModelBuild.Benchmarks;

/// <summary>The plans of the models that were compiled into the library of predictors, whose project adds them to its resources.</summary>
internal static class ModelPlans
{
    private static readonly Assembly Models = typeof(Predictor).Assembly;

    /// <summary>The plan of a model of that name; null if there is none.</summary>
    public static ModelPlan? Find(string name) => Models.GetManifestResourceNames()
        .Where(resource => resource.EndsWith(".plan", StringComparison.Ordinal))
        .Select(resource => PlanReader.Read(new StreamReader(Models.GetManifestResourceStream(resource)!).ReadToEnd()))
        .FirstOrDefault(plan => plan.ClassName == BenchmarkModel.ClassName(name));

    /// <summary>The weights of a plan.</summary>
    public static byte[] Blob(ModelPlan plan)
    {
        using Stream stream = Models.GetManifestResourceStream(plan.Resource)!;
        byte[] blob = new byte[stream.Length];
        stream.ReadExactly(blob);
        return blob;
    }
}
