using System.Diagnostics;
using ModelBuild.Benchmarks.Comparison;
using ModelBuild.Benchmarks.Contenders;
using ModelBuild.Compiler.Import;

namespace ModelBuild.Benchmarks;

/// <summary>What a build waits for: import of a model, and the reference executor beside ONNX Runtime in float.</summary>
internal static class ReferenceCommand
{
    private const double Seconds = 3;

    /// <param name="names">Models to measure; none means all.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] names)
    {
        foreach (BenchmarkModel model in BenchmarkModel.All().Where(model => names.Length == 0 || names.Contains(model.Name)))
        {
            string path = Path.Combine(model.Folder, "model.pb");
            if (!File.Exists(path)) continue;
            Stopwatch watch = Stopwatch.StartNew();
            GraphImporter.Import(path, new ImportOptions());
            string import = $"{model.Name}: import {watch.Elapsed.TotalMilliseconds:F0} ms";
            Console.WriteLine(model.Peer("model.onnx") is { } peer ? $"{import}, {Compare(path, peer)}" : import);
        }
        return 0;
    }

    private static string Compare(string path, string peer)
    {
        using ReferenceContender reference = new(path);
        using OnnxContender onnx = new("ONNX Runtime float", peer);
        float[] input = new float[reference.InputLength];
        IReadOnlyList<CallTimes> times = Rounds.Measure([reference, onnx], input, reference.OutputLength, Seconds);
        double ratio = times[0].Minimum / times[1].Minimum;
        return $"reference executor {times[0].Minimum:F0} us, ONNX Runtime float {times[1].Minimum:F0} us, {ratio:F2} times as long";
    }
}
