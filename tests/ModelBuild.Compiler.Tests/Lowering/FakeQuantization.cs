using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Tests.Lowering;

/// <summary>
/// What a quantised graph computes by the definition: the reference executor, with the weights that the bytes stand for, and every
/// value that is stored in bytes rounded to one of them.
/// </summary>
internal static class FakeQuantization
{
    /// <summary>The outputs of the graph.</summary>
    public static IReadOnlyList<Tensor> Run(QuantizedGraph graph, IReadOnlyList<Tensor> inputs)
    {
        Dictionary<Value, Tensor> values = [];
        for (int i = 0; i < inputs.Count; i++) values[graph.Graph.Inputs[i]] = Round(graph, graph.Graph.Inputs[i], inputs[i]);
        foreach (Node node in graph.Graph.Nodes)
        {
            IReadOnlyList<Tensor> results = Run(graph, node, value => values[value]);
            for (int i = 0; i < results.Count; i++) values[node.Outputs[i]] = results[i];
        }
        return [.. graph.Graph.Outputs.Select(output => output.Constant ?? values[output])];
    }

    /// <summary>The outputs of a node.</summary>
    public static IReadOnlyList<Tensor> Run(QuantizedGraph graph, Node node, Func<Value, Tensor> value)
    {
        Tensor[] operands = [.. node.Inputs.Select(input => input.Constant ?? value(input))];
        if (graph.Weights.TryGetValue(node, out QuantizedWeights? weights)) operands[1] = Weights(weights, operands[1]);
        if (weights?.Bias is { } bias) operands = [operands[0], operands[1], Tensor.Of(Shape.Of(bias.Length), bias)];
        return [.. ReferenceOperations.Run(node.Operation, operands).Select((result, i) => Round(graph, node.Outputs[i], result))];
    }

    private static Tensor Round(QuantizedGraph graph, Value value, Tensor tensor)
    {
        if (!graph.Activations.TryGetValue(value, out ActivationQuantization quantization)) return tensor;
        return Tensor.Of(tensor.Shape, Array.ConvertAll((float[])tensor.Data, Nearest));

        float Nearest(float real) => (quantization.Quantize(real) - quantization.ZeroPoint) * quantization.Scale;
    }

    /// <summary>The bytes, outputs first, as reals in TensorFlow's order, outputs last.</summary>
    private static Tensor Weights(QuantizedWeights weights, Tensor like)
    {
        int outputs = weights.Scales.Length, perOutput = weights.Values.Length / outputs;
        float[] reals = new float[weights.Values.Length];
        for (int i = 0; i < reals.Length; i++)
            reals[i] = weights.Values[i % outputs * perOutput + i / outputs] * weights.Scales[i % outputs];
        return Tensor.Of(like.Shape, reals);
    }
}
