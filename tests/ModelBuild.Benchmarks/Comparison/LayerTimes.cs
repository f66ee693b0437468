using System.Diagnostics;
using ModelBuild.Compiler.Execution;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Benchmarks.Comparison;

/// <summary>The time of a layer.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Class">Its class; of a layer that lays out the input of another, the class of that.</param>
/// <param name="Shape">Shapes of its weights and images, for the reader.</param>
/// <param name="Products">Multiplications of a weight and an activation in a call, in all.</param>
/// <param name="Microseconds">Of the fastest call.</param>
internal sealed record LayerTime(string Kind, LayerClass Class, string Shape, double Products, double Microseconds);

/// <summary>Times the layers of a plan, of one float input and output, one after the other as a call runs them.</summary>
internal sealed class LayerTimes
{
    private const int FewestRounds = 20;

    private readonly ModelPlan _plan;
    private readonly object[] _layers;

    public LayerTimes(ModelPlan plan, byte[] blob)
    {
        _plan = plan;
        LayerFactory factory = new(plan, new PlanBuffers(plan, new WeightBlob(blob)));
        _layers = [.. plan.Layers.Select(factory.Create)];
    }

    /// <summary>A time for each layer, in their order.</summary>
    /// <param name="seconds">About how long to measure.</param>
    public IReadOnlyList<LayerTime> Measure(double seconds)
    {
        float[] input = new float[Count(_plan.Inputs[0].Shape)], output = new float[Count(_plan.Outputs[0].Shape)];
        Random random = new(1);
        for (int i = 0; i < input.Length; i++) input[i] = random.NextSingle() * 2 - 1;
        Workspace memory = new(_plan.ArenaBytes);
        double[] least = new double[_layers.Length];
        Array.Fill(least, double.MaxValue);
        Stopwatch all = Stopwatch.StartNew();
        for (int round = 0; round < FewestRounds || all.Elapsed.TotalSeconds < seconds; round++)
        {
            for (int i = 0; i < _layers.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                if (_layers[i] is Layer layer) layer.Run(memory);
                else if (_layers[i] is IEntry<float> entry) entry.Run(input, memory);
                else ((IExit<float>)_layers[i]).Run(memory, output);
                // Finer than a TimeSpan, which counts tenths of a microsecond.
                least[i] = Math.Min(least[i], (Stopwatch.GetTimestamp() - start) * (1e6 / Stopwatch.Frequency));
            }
        }
        return [.. _plan.Layers.Select((layer, i) => new LayerTime(layer.Kind, ClassOf(layer), ShapeOf(layer), Products(layer), least[i]))];
    }

    private LayerClass ClassOf(PlanLayer layer) => layer.Kind == nameof(SplitPhases) && Reader(layer) is { } reader
        ? ClassOf(reader)
        : LayerClasses.Of(layer.Kind, Weights(layer)?.Shape);

    private PlanLayer? Reader(PlanLayer writer) =>
        _plan.Layers.FirstOrDefault(layer => Value(layer, "input") is PlanValue.Buffer input && input == Value(writer, "output"));

    private double Products(PlanLayer layer)
    {
        if (Weights(layer) is not { } weights) return 0;
        // Images are [1, height, width, channels]; each of the pixels takes every weight once.
        IReadOnlyList<int> output = Buffer(layer, "output")!.Shape;
        return (double)Count(weights.Shape) * (output.Count == 4 ? output[1] * output[2] : 1);
    }

    private string ShapeOf(PlanLayer layer)
    {
        PlanBuffer? input = Buffer(layer, "input") ?? Buffer(layer, "left");
        string[] parts = [Text("weights ", Weights(layer)?.Shape), Text("", input?.Shape), Text("-> ", Buffer(layer, "output")?.Shape)];
        return string.Join(" ", parts.Where(part => part.Length > 0));

        static string Text(string before, IReadOnlyList<int>? shape) => shape is null ? "" : $"{before}[{string.Join(",", shape)}]";
    }

    private static PlanTensor? Weights(PlanLayer layer) => (Value(layer, "weights") as PlanValue.Tensor)?.Constant;

    private PlanBuffer? Buffer(PlanLayer layer, string parameter) => Value(layer, parameter) is PlanValue.Buffer found
        ? _plan.Buffers.SingleOrDefault(buffer => buffer.Name == found.Name)
        : null;

    private static PlanValue? Value(PlanLayer layer, string parameter) =>
        layer.Parameters.SingleOrDefault(given => given.Name == parameter)?.Value;

    private static int Count(IEnumerable<int> shape) => shape.Aggregate(1, (product, size) => product * size);
}
