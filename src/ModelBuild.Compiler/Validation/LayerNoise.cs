using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Reference;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Validation;

/// <summary>How far a layer's output is from that of the float graph, the noise of all layers before it included.</summary>
/// <param name="Name">Of the layer in the plan, which is the graph node's.</param>
/// <param name="Kind">Class in ModelBuild.Kernels.</param>
/// <param name="Remarks">What it does.</param>
/// <param name="Decibels">Signal-to-noise ratio over all samples; infinite without error.</param>
internal sealed record LayerSignalToNoise(string Name, string Kind, string Remarks, double Decibels);

/// <summary>Measures the noise of each layer of a plan whose output is a value of the graph.</summary>
internal static class LayerNoise
{
    // Enough for a ratio that is steady to a tenth of a decibel.
    private const int MostSamples = 64;

    /// <summary>The layers in the plan's order.</summary>
    /// <param name="compilation">A compiled model.</param>
    /// <param name="samples">A set an input.</param>
    /// <param name="cancellation">Stops between samples.</param>
    public static IReadOnlyList<LayerSignalToNoise> Measure(
        Compilation compilation, IReadOnlyList<SampleSet> samples, CancellationToken cancellation)
    {
        (ModelPlan plan, QuantizedGraph graph) = (compilation.Model.Plan, compilation.Graph);
        PlanExecutor executor = new(plan, compilation.Model.Blob);
        IReadOnlyDictionary<string, Watched> watched = Watch(graph.Graph, plan);
        for (int index = 0; index < Math.Min(samples[0].Count, MostSamples); index++)
        {
            cancellation.ThrowIfCancellationRequested();
            Tensor[] inputs = [.. samples.Select(set => set[index])];
            Dictionary<Value, Tensor> wanted = [];
            ReferenceExecutor.Run(graph.Graph, inputs, (value, tensor) => wanted[value] = tensor);
            executor.Run(inputs, (layer, read) =>
            {
                if (!watched.TryGetValue(layer.Name, out Watched? output)) return;
                output.Noise.Add(wanted[output.Value].Elements<float>(), Real(read(output.Value.Name), output.Value, graph));
            });
        }
        return [.. plan.Layers.Where(layer => watched.ContainsKey(layer.Name))
            .Select(layer => new LayerSignalToNoise(layer.Name, layer.Kind, layer.Remarks, watched[layer.Name].Noise.Decibels))];
    }

    /// <summary>
    /// The layers that bear a node's name and write a buffer with the name of its float output; the last one where several write it.
    /// </summary>
    private static Dictionary<string, Watched> Watch(ModelGraph graph, ModelPlan plan)
    {
        Dictionary<string, Node> nodes =
            graph.Nodes.Where(node => node.Outputs is [{ Type: DataType.Float32 }]).ToDictionary(node => node.Output.Name);
        Dictionary<string, Watched> watched = [];
        foreach (IGrouping<string?, PlanLayer> writers in plan.Layers.GroupBy(Output))
        {
            if (writers.Key is null || !nodes.TryGetValue(writers.Key, out Node? node)) continue;
            if (writers.Any(layer => layer.Name == node.Name)) watched[writers.Last().Name] = new Watched(node.Output, new SignalToNoise());
        }
        return watched;
    }

    private static string? Output(PlanLayer layer) =>
        layer.Parameters.FirstOrDefault(parameter => parameter.Name == "output")?.Value is PlanValue.Buffer buffer ? buffer.Name : null;

    /// <summary>A buffer as real numbers.</summary>
    private static float[] Real(Tensor buffer, Value value, QuantizedGraph graph)
    {
        if (buffer.Type == DataType.Float32) return (float[])buffer.Data;
        ActivationQuantization quantization = graph.Activations[value];
        return Array.ConvertAll((byte[])buffer.Data, stored => quantization.Scale * (stored - quantization.ZeroPoint));
    }

    private sealed record Watched(Value Value, SignalToNoise Noise);
}
