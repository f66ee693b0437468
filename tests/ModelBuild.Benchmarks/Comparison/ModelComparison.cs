using ModelBuild.Benchmarks.Contenders;
using ModelBuild.Plan;

namespace ModelBuild.Benchmarks.Comparison;

/// <summary>All that is measured of a model.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Times">Of calls, by contender, ModelBuild first.</param>
/// <param name="Allocated">Bytes that a call of ModelBuild allocates.</param>
/// <param name="Memory">Working memory of a call of ModelBuild.</param>
/// <param name="Starts">By way to build the program, figures of each contender.</param>
/// <param name="Layers">ModelBuild's time by class of layers.</param>
/// <param name="PeerLayers">That of ONNX Runtime int8; none if it did not run.</param>
/// <param name="Batch">
/// Microseconds a sample of calls with one and of calls with <see cref="BatchContender.Samples"/>; null if not measured.
/// </param>
internal sealed record ModelComparison(
    string Model, IReadOnlyList<(string Contender, CallTimes Times)> Times, long Allocated, WorkingMemory Memory,
    IReadOnlyDictionary<string, IReadOnlyList<StartFigures>> Starts, IReadOnlyList<ClassTime> Layers, IReadOnlyList<ClassTime> PeerLayers,
    (CallTimes Single, CallTimes Together)? Batch)
{
    /// <summary>Measures a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How long, and what.</param>
    /// <param name="programs">By way to build the program that starts are measured with, its file.</param>
    public static ModelComparison Measure(BenchmarkModel model, ComparisonOptions options, IReadOnlyDictionary<string, string> programs)
    {
        ModelPlan plan = ModelPlans.Find(model.Name)!;
        return new ModelComparison(
            model.Name, Calls(model, options.Seconds), Allocation(model.Predictor), WorkingMemory.Of(plan),
            programs.ToDictionary(program => program.Key, program => Comparison.Starts.Measure(program.Value, model, options.Seconds)),
            LayerClasses.Sum(
                from layer in new LayerTimes(plan, ModelPlans.Blob(plan)).Measure(options.Seconds)
                select (layer.Class, layer.Products, layer.Microseconds)),
            Peer.OnnxInt8.Path(model) is { } path ? OnnxProfile.Measure(path, options.Seconds) : [],
            options.Batch ? BatchTimes(model.Predictor, options.Seconds) : null);
    }

    /// <summary>How many times as long a peer takes for a call, by fastest rounds; null if it did not run.</summary>
    public double? Ratio(string peer) =>
        Times.FirstOrDefault(entry => entry.Contender == peer) is { Contender: not null } found
            ? found.Times.Minimum / Times[0].Times.Minimum
            : null;

    /// <summary>How many times as long ONNX Runtime takes for the layers of a class; null where one has none.</summary>
    public double? LayerRatio(LayerClass kind)
    {
        ClassTime? own = Layers.FirstOrDefault(entry => entry.Class == kind);
        ClassTime? other = PeerLayers.FirstOrDefault(entry => entry.Class == kind);
        return other?.Microseconds / own?.Microseconds;
    }

    /// <summary>How many times as long a peer takes to its first result; null if it did not run.</summary>
    public double? StartRatio(string way, string peer)
    {
        if (!Starts.TryGetValue(way, out IReadOnlyList<StartFigures>? figures)) return null;
        return figures.FirstOrDefault(entry => entry.Contender == peer)?.FirstResult.Minimum / figures[1].FirstResult.Minimum;
    }

    /// <inheritdoc/>
    public override string ToString() => Model + ": "
        + string.Join(", ", Times.Select(entry => $"{entry.Contender} {entry.Times.Minimum:F1} us (median {entry.Times.Median:F1})"));

    private static IReadOnlyList<(string Contender, CallTimes Times)> Calls(BenchmarkModel model, double seconds)
    {
        Predictor predictor = model.Predictor;
        IContender[] contenders = [new GeneratedContender(predictor), .. Peer.All.Select(peer => peer.Make(model)).OfType<IContender>()];
        foreach (DelegatedNodes nodes in contenders.OfType<TfLiteContender>().Select(contender => contender.Nodes))
            Console.WriteLine($"{model.Name}: XNNPACK runs {nodes.All - nodes.Left} of {nodes.All} nodes of TensorFlow Lite's graph");
        IReadOnlyList<CallTimes> times = Rounds.Measure(contenders, Noise(predictor.InputLength), predictor.OutputLength, seconds);
        foreach (IContender contender in contenders) contender.Dispose();
        return [.. contenders.Select((contender, i) => (contender.Name, times[i]))];
    }

    private static long Allocation(Predictor predictor)
    {
        float[] input = Noise(predictor.InputLength), output = new float[predictor.OutputLength];
        predictor.Run(input, output);
        long before = GC.GetAllocatedBytesForCurrentThread();
        predictor.Run(input, output);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static (CallTimes Single, CallTimes Together) BatchTimes(Predictor predictor, double seconds)
    {
        int samples = BatchContender.Samples;
        IReadOnlyList<CallTimes> times = Rounds.Measure(
            [new BatchContender(predictor, false), new BatchContender(predictor, true)],
            Noise(predictor.InputLength * samples), predictor.OutputLength * samples, seconds);
        return (PerSample(times[0]), PerSample(times[1]));

        CallTimes PerSample(CallTimes all) => new(all.Minimum / samples, all.Median / samples);
    }

    private static float[] Noise(int length)
    {
        Random random = new(1);
        float[] noise = new float[length];
        for (int i = 0; i < length; i++) noise[i] = random.NextSingle() * 2 - 1;
        return noise;
    }
}
