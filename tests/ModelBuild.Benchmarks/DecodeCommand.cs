using System.Diagnostics;
using System.Runtime.InteropServices;
using ModelBuild.Benchmarks.Comparison;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Benchmarks;

/// <summary>
/// How long the blobs of weights are, beside their entropy, how fast one thread decodes them, and how long it takes to make a predictor:
/// all weights decoded and packed, by two threads where the model is large, in a process that has done so before.
/// </summary>
internal static class DecodeCommand
{
    private const int FewestRounds = 15;
    private const double LeastRate = 200;
    private const double MostStart = 25;
    private const string StartModel = "mobilenet_v1";

    /// <param name="names">Models to measure; none means all.</param>
    /// <param name="seconds">How long to measure in all.</param>
    /// <returns>The exit code: 0, or 1 where a model is not there.</returns>
    public static int Run(string[] names, double seconds)
    {
        string[] all = names.Length > 0 ? names : [.. BenchmarkModel.All().Select(model => model.Name)];
        if (all.FirstOrDefault(name => ModelPlans.Find(name) is null) is { } missing)
        {
            Console.Error.WriteLine($"{missing} was not there when this was built.");
            return 1;
        }
        ModelPlan[] plans = [.. all.Select(name => ModelPlans.Find(name)!)];
        WeightBlob[] blobs = [.. plans.Select(plan => new WeightBlob(ModelPlans.Blob(plan)))];
        PlanTensor[][] tensors = [.. plans.Select(Tensors)];
        Predictor[] predictors = [.. all.Select(name => Predictor.Find(name)!)];
        List<double>[] times = [.. plans.Select(_ => new List<double>())], starts = [.. plans.Select(_ => new List<double>())];
        Stopwatch watch = Stopwatch.StartNew();
        for (int round = 0; round < FewestRounds || watch.Elapsed.TotalSeconds < seconds; round++)
        {
            for (int i = 0; i < plans.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                foreach (PlanTensor tensor in tensors[i]) Read(blobs[i], tensor);
                times[i].Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
                start = Stopwatch.GetTimestamp();
                GC.KeepAlive(predictors[i].Make());
                starts[i].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }
        Console.WriteLine("| model | blob bytes | weights | entropy of weights, bytes | decoding ms: minimum, median "
            + "| MB/s of weights: best, median | start-up ms: minimum, median |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        List<Measure> measures = [];
        for (int i = 0; i < plans.Length; i++)
        {
            sbyte[][] levels = [.. tensors[i].Select(tensor => Read(blobs[i], tensor)).OfType<sbyte[]>()];
            long weights = levels.Sum(tensor => (long)tensor.Length);
            CallTimes time = CallTimes.Of(times[i]), start = CallTimes.Of(starts[i]);
            Console.WriteLine($"| {all[i]} | {plans[i].BlobBytes:N0} | {weights:N0} | {levels.Sum(Entropy):N0} "
                + $"| {time.Minimum / 1e3:F2}, {time.Median / 1e3:F2} | {weights / time.Minimum:F0}, {weights / time.Median:F0} "
                + $"| {start.Minimum:F2}, {start.Median:F2} |");
            measures.Add(new Measure($"MB/s of weights decoded by one thread, {all[i]}", weights / time.Minimum, LeastRate));
            if (all[i] == StartModel) measures.Add(new Measure($"start-up ms, {all[i]}", start.Minimum, MostStart, AtMost: true));
        }
        foreach (Measure measure in measures) Console.WriteLine(measure);
        return 0;
    }

    private static PlanTensor[] Tensors(ModelPlan plan) =>
    [
        .. plan.Constants.Select(constant => constant.Tensor),
        .. plan.Layers.SelectMany(layer => layer.Parameters).Select(parameter => parameter.Value).OfType<PlanValue.Tensor>().Select(value => value.Constant),
    ];

    private static Array Read(WeightBlob blob, PlanTensor tensor) => tensor.Type switch
    {
        "sbyte" => blob.Read<sbyte>(tensor.Offset, tensor.Bytes, tensor.Length, tensor.Coding),
        "int" => blob.Read<int>(tensor.Offset, tensor.Bytes, tensor.Length, tensor.Coding),
        "float" => blob.Read<float>(tensor.Offset, tensor.Bytes, tensor.Length, tensor.Coding),
        _ => blob.Read<byte>(tensor.Offset, tensor.Bytes, tensor.Length, tensor.Coding),
    };

    /// <summary>Bytes of a code that knows how often each level occurs, and nothing else.</summary>
    private static double Entropy(sbyte[] levels)
    {
        int[] counts = new int[256];
        foreach (byte level in MemoryMarshal.AsBytes(levels.AsSpan())) counts[level]++;
        return counts.Where(count => count > 0).Sum(count => -count * Math.Log2(count / (double)levels.Length)) / 8;
    }
}
