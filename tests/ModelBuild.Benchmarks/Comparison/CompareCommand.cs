using System.Text;

namespace ModelBuild.Benchmarks.Comparison;

/// <summary>Latency, first result and memory of each model beside its peers.</summary>
internal static class CompareCommand
{
    /// <returns>The exit code: 0, or 1 where a model is not there or, if that is asked for, a measure is missed.</returns>
    public static int Run(ComparisonOptions options)
    {
        IReadOnlyList<BenchmarkModel> models = BenchmarkModel.All();
        if (options.Models.FirstOrDefault(name => models.All(model => model.Name != name)) is { } missing)
        {
            string there = string.Join(", ", models.Select(model => model.Name));
            Console.Error.WriteLine($"{missing} is not among the models that were there at build time: {there}.");
            return 1;
        }
        if (models.Count == 1) Console.WriteLine("Only digits, without peers: the corpus does not stand beside the repository.");
        TfLiteLibrary.Load(options.InstallTfLite);
        Dictionary<string, string> programs = [];
        foreach (string way in options.Published ? Starts.Ways : Starts.Ways.Take(1))
            if (Starts.Find(way) is { } program) programs.Add(way, program);
        List<ModelComparison> results = [];
        foreach (BenchmarkModel model in models.Where(model => options.Models.Length == 0 || options.Models.Contains(model.Name)))
        {
            results.Add(ModelComparison.Measure(model, options, programs));
            Console.WriteLine(results[^1]);
        }
        Report(results, options);
        IReadOnlyList<Measure> measures = Measures.Of(results);
        Console.WriteLine();
        foreach (Measure measure in measures) Console.WriteLine(measure);
        return options.Assert && measures.Any(measure => !measure.Met) ? 1 : 0;
    }

    private static void Report(IReadOnlyList<ModelComparison> results, ComparisonOptions options)
    {
        CompareTables tables = new(results);
        List<FigureTable> shown = [tables.Calls(), tables.Layers(), tables.FirstResults(), tables.Memory()];
        if (options.Batch) shown.Add(tables.Batches());
        string notes = string.Join(' ', Ceilings.Notes(results));
        foreach (FigureTable table in shown) table.Show();
        Console.WriteLine(notes);
        if (!options.Write) return;
        StringBuilder text = new();
        foreach (FigureTable table in shown) table.AppendTo(text);
        text.Append(notes).Append('\n');
        ReadmeSection.Write("compare", text.ToString());
    }
}
