using ModelBuild.Plan;

namespace ModelBuild.Benchmarks.Comparison;

/// <summary>Where the time of a call goes, layer by layer, beside what the machine can do at best.</summary>
internal static class LayersCommand
{
    /// <param name="names">Models to measure; none means all.</param>
    /// <param name="seconds">How long to measure each.</param>
    /// <returns>The exit code: 0, or 1 where a model is not there.</returns>
    public static int Run(string[] names, double seconds)
    {
        foreach ((string instructions, double rate) in MachinePeaks.Measure())
            Console.WriteLine($"{instructions}: at most {rate:F0} GMAC/s");
        foreach (string name in names.Length > 0 ? names : [.. BenchmarkModel.All().Select(model => model.Name)])
        {
            if (ModelPlans.Find(name) is not { } plan)
            {
                Console.Error.WriteLine($"{name} was not there when this was built.");
                return 1;
            }
            Write(name, new LayerTimes(plan, ModelPlans.Blob(plan)).Measure(seconds));
        }
        return 0;
    }

    private static void Write(string name, IReadOnlyList<LayerTime> layers)
    {
        double sum = layers.Sum(layer => layer.Microseconds);
        Console.WriteLine();
        Console.WriteLine($"{name}: {sum:F1} us");
        foreach (LayerTime layer in layers) Line(layer.Kind, [layer], layer.Shape);
        Console.WriteLine("by kind:");
        foreach (var kind in layers.GroupBy(layer => layer.Kind).OrderByDescending(kind => kind.Sum(layer => layer.Microseconds)))
            Line(kind.Key, [.. kind], $"{kind.Count()} layers");

        void Line(string kind, LayerTime[] part, string text)
        {
            double time = part.Sum(layer => layer.Microseconds), products = part.Sum(layer => layer.Products);
            string rate = products > 0 ? $"{products / time / 1e3:F1}" : "-";
            Console.WriteLine($"{kind,-24}{time,10:F1} us{time / sum * 100,6:F1} %{rate,8} GMAC/s  {text}");
        }
    }
}
