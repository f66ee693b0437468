using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization.Reconstruction;

namespace ModelBuild.Compiler.Quantization;

/// <summary>Decides how weights and activations of a graph are stored.</summary>
internal static class Quantizer
{
    /// <summary>Weights and activations by measured ranges, with the error made small over the calibration samples.</summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="precisions">The precision of each node.</param>
    /// <param name="ranges">Ranges of its float values.</param>
    /// <param name="samples">Number of calibration samples.</param>
    /// <param name="sample">Gives the inputs of a sample; is called by several threads.</param>
    /// <param name="rate">How to trade error for bytes; null for the least error.</param>
    /// <param name="cancellation">Stops between layers.</param>
    public static QuantizedGraph Static(
        ModelGraph graph, PrecisionPlan precisions, IReadOnlyDictionary<Value, ValueRange> ranges, int samples, Func<int, IReadOnlyList<Tensor>> sample, RateDistortion? rate,
        CancellationToken cancellation)
    {
        IReadOnlyDictionary<Value, ActivationQuantization> activations = ActivationQuantizer.Quantize(graph, precisions, ranges);
        return new QuantizedGraph(graph, Reconstructor.Quantize(graph, activations, precisions, samples, sample, rate, cancellation), activations)
        {
            Precisions = precisions, Int16Scales = ActivationQuantizer.Int16Scales(graph, precisions, ranges),
        };
    }

    /// <summary>int8 weights; the ranges of activations are found in each call.</summary>
    public static QuantizedGraph Dynamic(ModelGraph graph) =>
        Nearest(graph, PrecisionPlan.All(LayerPrecision.Int8 with { Activations = ActivationForm.Dynamic }));

    /// <summary>Each weight at the nearest level, without data; no activation may need a range.</summary>
    public static QuantizedGraph Nearest(ModelGraph graph, PrecisionPlan precisions)
    {
        Dictionary<Node, QuantizedWeights> weights = [];
        foreach (Node node in graph.Nodes)
            if (precisions[node].Weights is { IsFloat: false } form && WeightQuantizer.Quantize(node, form: form) is { } quantized) weights.Add(node, quantized);
        return QuantizedGraph.Float(graph, precisions) with { Weights = weights };
    }
}
