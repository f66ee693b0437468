using ModelBuild.Benchmarks.Contenders;
using Spectre.Console;

namespace ModelBuild.Benchmarks;

/// <summary>Latency of a call of each model beside its peers.</summary>
internal static class CompareCommand
{
    /// <param name="names">Models to measure; none means all.</param>
    /// <param name="seconds">How long to measure each.</param>
    /// <param name="write">Write the table into README.md.</param>
    /// <returns>The exit code: 0, or 1 where a model is not there.</returns>
    public static int Run(string[] names, double seconds, bool write)
    {
        IReadOnlyList<BenchmarkModel> models = BenchmarkModel.All();
        if (names.FirstOrDefault(name => models.All(model => model.Name != name)) is { } missing)
        {
            Console.Error.WriteLine($"{missing} is not among the models that were there at build time: {string.Join(", ", models.Select(model => model.Name))}.");
            return 1;
        }
        if (models.Count == 1) Console.WriteLine("Only digits, without peers: the corpus does not stand beside the repository.");
        List<CompareRow> rows = [];
        foreach (BenchmarkModel model in models.Where(model => names.Length == 0 || names.Contains(model.Name)))
        {
            rows.Add(Measure(model, seconds));
            Console.WriteLine(rows[^1]);
        }
        CompareTable table = new(rows);
        AnsiConsole.Write(table.ToConsole());
        if (write) ReadmeSection.Write("compare", table.ToMarkdown());
        return 0;
    }

    private static CompareRow Measure(BenchmarkModel model, double seconds)
    {
        using GeneratedContender generated = new(model.Type);
        List<IContender> contenders = [generated];
        if (File.Exists(model.Peer("model_int8.onnx"))) contenders.Add(new OnnxContender("ONNX Runtime int8", model.Peer("model_int8.onnx")));
        if (File.Exists(model.Peer("model.onnx"))) contenders.Add(new OnnxContender("ONNX Runtime float", model.Peer("model.onnx")));
        float[] input = new float[generated.InputLength];
        Random random = new(1);
        for (int i = 0; i < input.Length; i++) input[i] = random.NextSingle() * 2 - 1;

        long before = GC.GetAllocatedBytesForCurrentThread();
        float[] output = new float[generated.OutputLength];
        generated.Run(input, output);
        before = GC.GetAllocatedBytesForCurrentThread();
        generated.Run(input, output);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        IReadOnlyList<CallTimes> times = Rounds.Measure(contenders, input, generated.OutputLength, seconds);
        CompareRow row = new(model.Name, [.. contenders.Select((contender, i) => (contender.Name, times[i]))], allocated);
        foreach (IContender contender in contenders.Skip(1)) contender.Dispose();
        return row;
    }
}
