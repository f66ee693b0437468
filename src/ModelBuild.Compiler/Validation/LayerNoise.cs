using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Reference;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Validation;

/// <summary>How far what a plan computes is from the float graph, the noise of all layers before included.</summary>
/// <param name="Output">Signal-to-noise ratio of the first output in dB, infinite without error; null if it is no float.</param>
/// <param name="Layers">The same of each layer whose output is a float value of the graph, by its name in the plan.</param>
internal sealed record Noise(double? Output, IReadOnlyDictionary<string, double> Layers);

/// <summary>Measures the noise of a plan and of its layers.</summary>
internal static class LayerNoise
{
    // Enough for a ratio that is steady to a tenth of a decibel, few enough for a build.
    private const int MostSamples = 64;

    /// <param name="graph">What the plan was made of.</param>
    /// <param name="lowered">The plan.</param>
    /// <param name="executor">Executes it.</param>
    /// <param name="samples">A set an input.</param>
    /// <param name="cancellation">Stops between samples.</param>
    public static Noise Measure(
        QuantizedGraph graph, LoweredModel lowered, PlanExecutor executor, IReadOnlyList<SampleSet> samples, CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, Value> watched = Watch(graph.Graph, lowered);
        bool isFloat = graph.Graph.Outputs[0].Type == DataType.Float32;
        OneSample[] measured = new OneSample[Math.Min(samples[0].Count, MostSamples)];
        EachSample.Do(measured.Length, cancellation, index =>
        {
            Tensor[] inputs = [.. samples.Select(set => set[index])];
            Dictionary<Value, Tensor> wanted = [];
            Tensor output = ReferenceExecutor.Run(graph.Graph, inputs, (value, tensor) => wanted[value] = tensor)[0];
            OneSample sample = measured[index] = new OneSample();
            Tensor got = executor.Run(inputs, (layer, read) =>
            {
                if (!watched.TryGetValue(layer.Name, out Value? value)) return;
                sample.Layer(layer.Name).Add(wanted[value].Elements<float>(), Real(read(lowered.Names[value.Name]), value, graph));
            })[0];
            if (isFloat) sample.Output.Add(output, got);
        });
        OneSample all = new();
        foreach (OneSample sample in measured) all.Add(sample);
        return new Noise(isFloat ? all.Output.Decibels : null, all.Layers.ToDictionary(layer => layer.Key, layer => layer.Value.Decibels));
    }

    /// <summary>
    /// The layers that bear a node's name and write a buffer with the name of its float output; the last one where several write it.
    /// </summary>
    private static Dictionary<string, Value> Watch(ModelGraph graph, LoweredModel lowered)
    {
        IReadOnlyDictionary<string, string> names = lowered.Names;
        Dictionary<string, Node> nodes = graph.Nodes.Where(node => node.Outputs is [{ Type: DataType.Float32 } output] && names.ContainsKey(output.Name))
            .ToDictionary(node => names[node.Output.Name]);
        Dictionary<string, Value> watched = [];
        foreach (IGrouping<string?, PlanLayer> writers in lowered.Plan.Layers.GroupBy(Output))
        {
            if (writers.Key is null || !nodes.TryGetValue(writers.Key, out Node? node)) continue;
            if (writers.Any(layer => layer.Name == names.GetValueOrDefault(node.Name))) watched[writers.Last().Name] = node.Output;
        }
        return watched;
    }

    private static string? Output(PlanLayer layer) =>
        layer.Parameters.FirstOrDefault(parameter => parameter.Name == "output")?.Value is PlanValue.Buffer buffer ? buffer.Name : null;

    /// <summary>A buffer as real numbers.</summary>
    private static float[] Real(Tensor buffer, Value value, QuantizedGraph graph)
    {
        if (buffer.Type == DataType.Float32) return (float[])buffer.Data;
        if (buffer.Type == DataType.Int16) return Array.ConvertAll((short[])buffer.Data, stored => graph.Int16Scales[value] * stored);
        ActivationQuantization quantization = graph.Activations[value];
        return Array.ConvertAll((byte[])buffer.Data, stored => quantization.Scale * (stored - quantization.ZeroPoint - quantization.Offset));
    }

    /// <summary>Sums of a sample, added up in the order of the samples so that threads do not change a bit.</summary>
    private sealed class OneSample
    {
        public SignalToNoise Output { get; } = new();

        public Dictionary<string, SignalToNoise> Layers { get; } = [];

        public SignalToNoise Layer(string name) => Layers.TryGetValue(name, out SignalToNoise? noise) ? noise : Layers[name] = new SignalToNoise();

        public void Add(OneSample other)
        {
            Output.Add(other.Output);
            foreach ((string name, SignalToNoise noise) in other.Layers) Layer(name).Add(noise);
        }
    }
}
