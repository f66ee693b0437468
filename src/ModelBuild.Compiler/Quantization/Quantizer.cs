using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Quantization.Reconstruction;

namespace ModelBuild.Compiler.Quantization;

/// <summary>Decides how weights and activations of a graph are stored.</summary>
internal static class Quantizer
{
    /// <summary>Weights and activations by measured ranges, with the error made small over the calibration samples.</summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="precisions">The precision of each node.</param>
    /// <param name="ranges">Ranges of its float values.</param>
    /// <param name="samples">The calibration samples.</param>
    /// <param name="curvatures">What errors of each layer cost.</param>
    /// <param name="rate">How to trade error for bytes; null for the least error.</param>
    /// <param name="cancellation">Stops between layers.</param>
    public static QuantizedGraph Static(
        ModelGraph graph, PrecisionPlan precisions, IReadOnlyDictionary<Value, ValueRange> ranges, CalibrationSamples samples,
        IReadOnlyDictionary<Node, OutputCurvature> curvatures, RateDistortion? rate, CancellationToken cancellation) =>
        Static(graph, precisions, ranges, activations =>
            Reconstructor.Quantize(graph, activations, precisions, samples, curvatures, rate, cancellation));

    /// <summary>Activations by measured ranges, with weights that are known, or without these each at the nearest level.</summary>
    public static QuantizedGraph Static(
        ModelGraph graph, PrecisionPlan precisions, IReadOnlyDictionary<Value, ValueRange> ranges, IReadOnlyDictionary<Node, QuantizedWeights>? weights) =>
        Static(graph, precisions, ranges, activations => weights ?? NearestWeights(graph, precisions, activations, ranges));

    /// <summary>int8 weights; the ranges of activations are found in each call.</summary>
    public static QuantizedGraph Dynamic(ModelGraph graph) =>
        Nearest(graph, PrecisionPlan.All(LayerPrecision.Int8 with { Activations = ActivationForm.Dynamic }));

    /// <summary>Each weight at the nearest level, without data; no activation may need a range.</summary>
    public static QuantizedGraph Nearest(ModelGraph graph, PrecisionPlan precisions)
    {
        QuantizedGraph real = QuantizedGraph.Float(graph, precisions);
        return real with { Weights = NearestWeights(graph, precisions, real.Activations, new Dictionary<Value, ValueRange>()) };
    }

    private static QuantizedGraph Static(
        ModelGraph graph, PrecisionPlan precisions, IReadOnlyDictionary<Value, ValueRange> ranges,
        Func<IReadOnlyDictionary<Value, ActivationQuantization>, IReadOnlyDictionary<Node, QuantizedWeights>> weights)
    {
        IReadOnlyDictionary<Value, ActivationQuantization> activations = ActivationQuantizer.Quantize(graph, precisions, ranges);
        return new QuantizedGraph(graph, weights(activations), activations)
        {
            Precisions = precisions, Int16Scales = ActivationQuantizer.Int16Scales(graph, precisions, ranges),
        };
    }

    private static Dictionary<Node, QuantizedWeights> NearestWeights(
        ModelGraph graph, PrecisionPlan precisions, IReadOnlyDictionary<Value, ActivationQuantization> activations,
        IReadOnlyDictionary<Value, ValueRange> ranges)
    {
        Dictionary<Node, QuantizedWeights> weights = [];
        foreach (Node node in graph.Nodes.Where(node => WeightedLayer.Is(node.Operation) && !precisions[node].Weights.IsFloat))
        {
            (float from, float to) = ActivationQuantizer.Scales(node, precisions[node], activations);
            if (WeightQuantizer.Quantize(node, from, to, precisions[node].Weights) is not { } quantized) continue;
            SignInput? signs = precisions[node].Activations == ActivationForm.Xnor && ranges.TryGetValue(node.Inputs[0], out ValueRange range)
                && !range.IsEmpty ? SignInput.Of(range, node.Inputs[0].Shape[-1]) : null;
            weights.Add(node, quantized with { Signs = signs });
        }
        return weights;
    }
}
