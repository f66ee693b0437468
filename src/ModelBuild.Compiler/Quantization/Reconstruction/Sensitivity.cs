using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Quantization.Reconstruction;

/// <summary>How much an error of each layer matters to the network's first output, measured by disturbing one layer at a time.</summary>
internal static class Sensitivity
{
    // A disturbance that is large beside the noise of measurement and small beside the weights: five bits.
    private const int Levels = 15;

    private const int MostSamples = 32;
    private const double LeastDivergence = 1e-7, LeastError = 1e-12;

    /// <summary>For each layer with weights, the network's output error for an output error of 1 of the layer.</summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="sample">Gives the inputs of a sample; is called by several threads.</param>
    /// <param name="cancellation">Stops between layers.</param>
    public static IReadOnlyDictionary<Node, double> Measure(
        ModelGraph graph, int count, Func<int, IReadOnlyList<Tensor>> sample, CancellationToken cancellation)
    {
        int used = Math.Min(count, MostSamples);
        IReadOnlyList<Tensor>[] inputs = [.. Enumerable.Range(0, used).Select(i => sample((int)((long)i * count / used)))];
        bool isDistribution = graph.Nodes.Any(node => node.Operation is Softmax && node.Outputs.Contains(graph.Outputs[0]));
        Dictionary<Value, Tensor>[] values = [.. inputs.Select(tensors => Run(graph, tensors))];
        Dictionary<Node, double> sensitivities = [];
        foreach (Node layer in graph.Nodes.Where(node => WeightedLayer.Is(node.Operation) && node.Inputs[1].Constant is not null))
        {
            ModelGraph disturbed = Disturbed(graph, layer);
            double[] errors = new double[inputs.Length], divergences = new double[inputs.Length];
            EachSample.Do(inputs.Length, cancellation, index =>
            {
                Tensor? output = null;
                Tensor result = ReferenceExecutor.Run(disturbed, inputs[index], (value, tensor) =>
                {
                    if (value.Name == layer.Output.Name) output = tensor;
                })[0];
                (Tensor expected, Tensor wanted) = (values[index][layer.Output], values[index][graph.Outputs[0]]);
                int channels = Math.Max(1, expected.Shape[-1]);
                errors[index] = SquaredError(expected, output!) / Math.Max(1, expected.Count / channels);
                divergences[index] = isDistribution ? Divergence(wanted, result) : RelativeError(wanted, result);
            });
            sensitivities[layer] = Math.Max(divergences.Average(), LeastDivergence) / Math.Max(errors.Average(), LeastError);
        }
        return sensitivities;
    }

    private static Dictionary<Value, Tensor> Run(ModelGraph graph, IReadOnlyList<Tensor> inputs)
    {
        HashSet<Value> wanted =
            [.. graph.Nodes.Where(node => WeightedLayer.Is(node.Operation)).Select(node => node.Output), graph.Outputs[0]];
        Dictionary<Value, Tensor> values = [];
        ReferenceExecutor.Run(graph, inputs, (value, tensor) =>
        {
            if (wanted.Contains(value)) values[value] = tensor;
        });
        return values;
    }

    private static ModelGraph Disturbed(ModelGraph graph, Node layer)
    {
        QuantizedWeights plain = WeightQuantizer.Quantize(layer)!;
        float[] weights = [.. layer.Inputs[1].Constant!.Elements<float>()];
        for (int i = 0; i < weights.Length; i++)
        {
            float step = plain.Scales[i % plain.Scales.Length] * (SecondOrderRounding.Levels / (float)Levels);
            weights[i] = MathF.Round(weights[i] / step) * step;
        }
        Value constant = GraphBuilder.Constant(layer.Inputs[1].Name, Tensor.Of(layer.Inputs[1].Shape, weights));
        return GraphRewriter.Run(graph, (node, inputs, rewriter) =>
            node == layer ? [rewriter.Add(node.Name, node.Operation, [inputs[0], constant, .. inputs.Skip(2)])] : null);
    }

    private static double SquaredError(Tensor expected, Tensor actual)
    {
        ReadOnlySpan<float> x = expected.Elements<float>(), y = actual.Elements<float>();
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += ((double)x[i] - y[i]) * ((double)x[i] - y[i]);
        return sum;
    }

    private static double RelativeError(Tensor expected, Tensor actual)
    {
        double signal = 0;
        foreach (float x in expected.Elements<float>()) signal += (double)x * x;
        return SquaredError(expected, actual) / Math.Max(signal, LeastError);
    }

    /// <summary>Kullback and Leibler's divergence of two distributions, in nats.</summary>
    private static double Divergence(Tensor expected, Tensor actual)
    {
        const double Least = 1e-7;
        ReadOnlySpan<float> x = expected.Elements<float>(), y = actual.Elements<float>();
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += x[i] * Math.Log((x[i] + Least) / (y[i] + Least));
        return Math.Max(sum, 0);
    }
}
