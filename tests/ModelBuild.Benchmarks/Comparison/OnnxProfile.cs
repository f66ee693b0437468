using System.Diagnostics;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace ModelBuild.Benchmarks.Comparison;

/// <summary>Times of the layers of a model in ONNX Runtime, by its own profiler, which counts whole microseconds and rounds down.</summary>
internal static class OnnxProfile
{
    // The profiler keeps every call in memory.
    private const int MostCalls = 300;
    private const int FewestCalls = 20;

    /// <summary>The sums of its layers by class.</summary>
    /// <param name="path">The model.</param>
    /// <param name="seconds">About how long to measure.</param>
    public static IReadOnlyList<ClassTime> Measure(string path, double seconds)
    {
        // Weights that were packed beforehand are inputs no more, so that their shapes come from a session that packs none.
        Dictionary<string, Node> shapes = Calls(path, 1, 0, "session.disable_prepacking").ToDictionary(node => node.Name);
        return LayerClasses.Sum(
            from call in Calls(path, MostCalls, seconds, null)
            group call by call.Name into calls
            let node = shapes.GetValueOrDefault(calls.Key, calls.First())
            select (node.Class, node.Products, (double)calls.Min(call => call.Microseconds)));
    }

    private static IReadOnlyList<Node> Calls(string path, int most, double seconds, string? setting)
    {
        using SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
        options.EnableProfiling = true;
        options.ProfileOutputPathPrefix = Path.Combine(Path.GetTempPath(), "modelbuild-compare");
        if (setting is not null) options.AddSessionConfigEntry(setting, "1");
        using InferenceSession session = new(path, options);
        (string name, NodeMetadata input) = session.InputMetadata.Single();
        long[] shape = [.. input.Dimensions.Select(size => (long)Math.Max(size, 1))];
        float[] elements = new float[shape.Aggregate(1L, (product, size) => product * size)];
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(elements, shape);
        using RunOptions run = new();
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < most; call++)
        {
            if (call >= FewestCalls && Stopwatch.GetElapsedTime(start).TotalSeconds >= seconds) break;
            session.Run(run, [name], [value], session.OutputNames).Dispose();
        }
        string profile = session.EndProfiling();
        using JsonDocument events = JsonDocument.Parse(File.ReadAllText(profile));
        File.Delete(profile);
        return
        [
            .. from entry in events.RootElement.EnumerateArray()
               where entry.GetProperty("cat").GetString() == "Node"
               where entry.GetProperty("name").GetString()!.EndsWith("_kernel_time", StringComparison.Ordinal)
               select Node.Of(entry),
        ];
    }

    /// <summary>A layer of a call.</summary>
    private sealed record Node(string Name, long Microseconds, LayerClass Class, double Products)
    {
        public static Node Of(JsonElement entry)
        {
            JsonElement arguments = entry.GetProperty("args");
            int[][] inputs = Shapes(arguments.GetProperty("input_type_shape"));
            int[][] outputs = Shapes(arguments.GetProperty("output_type_shape"));
            (LayerClass kind, double products) = Classify(arguments.GetProperty("op_name").GetString()!, inputs, outputs);
            return new Node(entry.GetProperty("name").GetString()!, entry.GetProperty("dur").GetInt64(), kind, products);
        }

        private static (LayerClass Class, double Products) Classify(string operation, int[][] inputs, int[][] outputs)
        {
            if (operation is "QLinearConv" or "Conv" or "FusedConv" && Weights(inputs, 4) is { } kernel)
            {
                // [outputs, channels of a group, height, width]; images are [1, channels, height, width], or have the channels last.
                double products = (double)Count(outputs[0]) * Count(kernel) / kernel[0];
                bool depthwise = kernel[1] == 1 && kernel[0] > 1 && (inputs[0][1] == kernel[0] || inputs[0][3] == kernel[0]);
                LayerClass kind = depthwise ? LayerClass.Depthwise
                    : kernel[2] * kernel[3] > 1 ? LayerClass.Spatial
                    : Count(outputs[0]) == kernel[0] ? LayerClass.Dense
                    : LayerClass.Pointwise;
                return (kind, products);
            }
            if (operation is "QGemm" or "Gemm" or "QLinearMatMul" or "MatMul" or "FusedGemm" && Weights(inputs, 2) is { } matrix)
                return (LayerClass.Dense, Count(matrix));
            return (LayerClass.Other, 0);
        }

        // The second array with so many axes; the first is what the layer works on.
        private static int[]? Weights(int[][] inputs, int axes) => inputs.Skip(1).FirstOrDefault(shape => shape.Length == axes);

        private static int Count(int[] shape) => shape.Aggregate(1, (product, size) => product * size);

        // Objects with one property each, the type, whose value is the shape.
        private static int[][] Shapes(JsonElement list) =>
            [.. list.EnumerateArray().Select(entry => entry.EnumerateObject().Single().Value.Deserialize<int[]>()!)];
    }
}
