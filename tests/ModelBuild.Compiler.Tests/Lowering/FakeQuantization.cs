using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Tests.Lowering;

/// <summary>
/// What a quantised graph computes by the definition: the reference executor, with the weights that the bytes stand for, and what a node
/// reads and writes rounded to the bytes or 16-bit integers that its precision asks for.
/// </summary>
internal static class FakeQuantization
{
    /// <summary>The outputs of the graph.</summary>
    public static IReadOnlyList<Tensor> Run(QuantizedGraph graph, IReadOnlyList<Tensor> inputs)
    {
        Dictionary<Value, Tensor> values = [];
        for (int i = 0; i < inputs.Count; i++) values[graph.Graph.Inputs[i]] = inputs[i];
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
        Tensor[] operands = [.. node.Inputs.Select(input => input.Constant ?? Round(graph, node, input, value(input)))];
        if (graph.Weights.TryGetValue(node, out QuantizedWeights? weights)) operands[1] = Weights(weights, operands[1]);
        if (weights?.Signs is { } signs) operands[0] = signs.Apply(operands[0]);
        if (weights?.Bias is { } bias) operands = [operands[0], operands[1], Tensor.Of(Shape.Of(bias.Length), bias)];
        if (weights is not null && graph.Activations.TryGetValue(node.Inputs[0], out ActivationQuantization from) && from.Offset != 0
            && graph.Precisions[node].Activations == ActivationForm.Static) operands = [operands[0], operands[1], WithoutOffset(weights, operands, from)];
        return [.. ReferenceOperations.Run(node.Operation, operands).Select((result, i) => Round(graph, node, node.Outputs[i], result))];
    }

    private static Tensor Round(QuantizedGraph graph, Node node, Value value, Tensor tensor)
    {
        ActivationForm form = graph.Precisions[node].Activations;
        // Of other operations in 16 bits, what they read comes from integers and what they give stays in float until it is read.
        bool isShort = form == ActivationForm.Int16 && (graph.Weights.ContainsKey(node) || node.Operation is Graph.Operations.Binary);
        if (isShort && graph.Int16Scales.TryGetValue(value, out float step))
            return Tensor.Of(tensor.Shape, Array.ConvertAll((float[])tensor.Data, real => MathF.Round(Math.Clamp(real / step, -32767, 32767)) * step));
        if (form != ActivationForm.Static || !graph.Activations.TryGetValue(value, out ActivationQuantization quantization)) return tensor;
        return Tensor.Of(tensor.Shape, Array.ConvertAll((float[])tensor.Data, Nearest));

        float Nearest(float real) => (quantization.Quantize(real) - quantization.ZeroPoint) * quantization.Scale;
    }

    /// <summary>The bias less what bytes with an offset add to every output; what is outside of the image is the zero point.</summary>
    private static Tensor WithoutOffset(QuantizedWeights weights, Tensor[] operands, ActivationQuantization from)
    {
        int outputs = weights.Scales.Length, perOutput = weights.Values.Length / outputs;
        float[] bias = operands.Length > 2 ? [.. (float[])operands[2].Data] : new float[outputs];
        for (int i = 0; i < weights.Values.Length; i++)
            bias[i / perOutput] -= from.Offset * from.Scale * weights.Values[i] * weights.Scales[i / perOutput];
        return Tensor.Of(Shape.Of(outputs), bias);
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
