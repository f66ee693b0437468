using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Quantization;

/// <summary>Decides how weights and activations of a graph are stored.</summary>
internal static class Quantizer
{
    /// <summary>int8 weights and activations, by measured ranges.</summary>
    public static QuantizedGraph Static(ModelGraph graph, IReadOnlyDictionary<Value, ValueRange> ranges)
    {
        IReadOnlyDictionary<Value, ActivationQuantization> activations = ActivationQuantizer.Quantize(graph, ranges);
        return new QuantizedGraph(graph, Weights(graph, node => activations.GetValueOrDefault(node.Inputs[0]).Scale), activations);
    }

    /// <summary>int8 weights; the ranges of activations are found in each call.</summary>
    public static QuantizedGraph Dynamic(ModelGraph graph) =>
        new(graph, Weights(graph, _ => 0), new Dictionary<Value, ActivationQuantization>());

    private static Dictionary<Node, QuantizedWeights> Weights(ModelGraph graph, Func<Node, float> inputScale)
    {
        Dictionary<Node, QuantizedWeights> weights = [];
        foreach (Node node in graph.Nodes)
            if (WeightQuantizer.Quantize(node, inputScale(node)) is { } quantized) weights.Add(node, quantized);
        return weights;
    }
}
