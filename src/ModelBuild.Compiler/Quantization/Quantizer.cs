using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization.Reconstruction;

namespace ModelBuild.Compiler.Quantization;

/// <summary>Decides how weights and activations of a graph are stored.</summary>
internal static class Quantizer
{
    /// <summary>int8 weights and activations, by measured ranges and with the error made small over the calibration samples.</summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="ranges">Ranges of its float values.</param>
    /// <param name="samples">Number of calibration samples.</param>
    /// <param name="sample">Gives the inputs of a sample; is called by several threads.</param>
    /// <param name="rate">How to trade error for bytes; null for the least error.</param>
    /// <param name="cancellation">Stops between layers.</param>
    public static QuantizedGraph Static(
        ModelGraph graph, IReadOnlyDictionary<Value, ValueRange> ranges, int samples, Func<int, IReadOnlyList<Tensor>> sample, RateDistortion? rate,
        CancellationToken cancellation)
    {
        IReadOnlyDictionary<Value, ActivationQuantization> activations = ActivationQuantizer.Quantize(graph, ranges);
        return new QuantizedGraph(graph, Reconstructor.Quantize(graph, activations, samples, sample, rate, cancellation), activations);
    }

    /// <summary>int8 weights; the ranges of activations are found in each call.</summary>
    public static QuantizedGraph Dynamic(ModelGraph graph) =>
        new(graph, Weights(graph), new Dictionary<Value, ActivationQuantization>());

    private static Dictionary<Node, QuantizedWeights> Weights(ModelGraph graph)
    {
        Dictionary<Node, QuantizedWeights> weights = [];
        foreach (Node node in graph.Nodes)
            if (WeightQuantizer.Quantize(node) is { } quantized) weights.Add(node, quantized);
        return weights;
    }
}
