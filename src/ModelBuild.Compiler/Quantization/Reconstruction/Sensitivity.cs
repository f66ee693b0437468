using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Quantization.Reconstruction;

/// <summary>
/// How much an error of each output channel of each layer matters to the network's first output: a channel's share by the gradients
/// of the output (the diagonal of Fisher's information), a layer's by disturbing it and measuring what comes out.
/// </summary>
internal static class Sensitivity
{
    // A disturbance that is large beside the noise of measurement and small beside the weights: five bits.
    private const int Levels = 15;

    private const int MostSamples = 32, MostGradients = 256;
    private const double LeastDivergence = 1e-7, LeastError = 1e-12;

    // Of the mean: channels without a measurable gradient still count for something.
    private const double LeastShare = 0.02;

    // Shares are taken to this power: few samples exaggerate the differences.
    private const double Trust = 0.5;

    /// <summary>For each layer with weights, the network's output error for an output error of 1 of each of its channels.</summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="samples">The calibration samples.</param>
    /// <param name="cancellation">Stops between layers.</param>
    public static IReadOnlyDictionary<Node, double[]> Measure(ModelGraph graph, CalibrationSamples samples, CancellationToken cancellation)
    {
        CalibrationSamples used = samples.Spread(MostSamples);
        IReadOnlyList<Tensor>[] inputs = [.. Enumerable.Range(0, used.Count).Select(used.Read)];
        bool isDistribution = graph.IsDistribution();
        Dictionary<Value, Tensor>[] values = [.. inputs.Select(tensors => Run(graph, tensors))];
        IReadOnlyDictionary<Node, double[]> gradients = Gradients(graph, samples.Spread(MostGradients), cancellation);
        Dictionary<Node, double[]> sensitivities = [];
        foreach (Node layer in graph.Nodes.Where(node => WeightedLayer.Is(node.Operation) && node.Inputs[1].Constant is not null))
        {
            (ModelGraph Graph, Tensor Weights) disturbed = Disturbed(graph, layer);
            double[] errors = new double[inputs.Length], divergences = new double[inputs.Length];
            double[] shares = gradients.TryGetValue(layer, out double[]? measured) ? measured : [.. Enumerable.Repeat(1.0, WeightedLayer.Outputs(layer))];
            Tensor difference = Difference(disturbed.Weights, layer.Inputs[1].Constant!);
            EachSample.Do(inputs.Length, cancellation, index =>
            {
                Tensor result = ReferenceExecutor.Run(disturbed.Graph, inputs[index])[0];
                Tensor error = ReferenceOperations.Run(WeightedLayer.With(layer.Operation, Clamp.None), [Value(layer.Inputs[0]), difference])[0];
                errors[index] = SquaredSum(error, shares) / Math.Max(1, error.Count / Math.Max(1, error.Shape[-1]));
                divergences[index] = isDistribution ? Divergence(Value(graph.Outputs[0]), result) : RelativeError(Value(graph.Outputs[0]), result);

                Tensor Value(Value value) => value.Constant ?? values[index][value];
            });
            double factor = Math.Max(divergences.Average(), LeastDivergence) / Math.Max(errors.Average(), LeastError);
            sensitivities[layer] = Array.ConvertAll(shares, share => share * factor);
        }
        return sensitivities;
    }

    /// <summary>For each layer the mean square of the gradient of each output channel, relative to the mean over the channels.</summary>
    private static IReadOnlyDictionary<Node, double[]> Gradients(ModelGraph graph, CalibrationSamples samples, CancellationToken cancellation)
    {
        Node? last = graph.Nodes.LastOrDefault(node => node.Outputs.Contains(graph.Outputs[0]));
        Value from = last?.Operation is Softmax ? last.Inputs[0] : graph.Outputs[0];
        Dictionary<Node, double[]>[] squares = new Dictionary<Node, double[]>[samples.Count];
        EachSample.Do(samples.Count, cancellation, index =>
        {
            Dictionary<Node, double[]> own = squares[index] = [];
            Dictionary<Value, Tensor> values = [];
            ReferenceExecutor.Run(graph, samples[index], (value, tensor) => values[value] = tensor);
            float[] start = last?.Operation is Softmax ? Disturbance(values[graph.Outputs[0]], index) : Relative(values[from], index);
            Backpropagation.Run(graph, values, from, start, (layer, gradient) =>
            {
                double[] sums = own[layer] = new double[WeightedLayer.Outputs(layer)];
                for (int i = 0; i < gradient.Length; i++) sums[i % sums.Length] += (double)gradient[i] * gradient[i];
            });
        });
        Dictionary<Node, double[]> result = [];
        foreach (Node layer in squares[0].Keys)
        {
            double[] sums = new double[WeightedLayer.Outputs(layer)];
            foreach (Dictionary<Node, double[]> own in squares) SymmetricMatrix.AddScaled(sums, own[layer], 1);
            double mean = sums.Average();
            if (mean > 0 && double.IsFinite(mean)) result[layer] = Array.ConvertAll(sums, sum => Math.Pow(Math.Max(sum / mean, LeastShare), Trust));
        }
        return result;
    }

    /// <summary>
    /// A random vector of scores whose outer product is in the mean the Hessian of the divergence, diag(p) - p p'
    /// (Hutchinson's estimate of Gauss and Newton's matrix).
    /// </summary>
    private static float[] Disturbance(Tensor probabilities, int index)
    {
        ReadOnlySpan<float> p = probabilities.Elements<float>();
        Random random = new(index);
        float[] result = new float[p.Length];
        float sum = 0;
        for (int k = 0; k < p.Length; k++) sum += result[k] = (random.Next(2) == 0 ? -1 : 1) * MathF.Sqrt(p[k]);
        for (int k = 0; k < p.Length; k++) result[k] -= p[k] * sum;
        return result;
    }

    /// <summary>Random signs over the length of the output.</summary>
    private static float[] Relative(Tensor output, int index)
    {
        Random random = new(index);
        double signal = 0;
        foreach (float y in output.Elements<float>()) signal += (double)y * y;
        float size = (float)(1 / Math.Sqrt(Math.Max(signal, LeastError)));
        float[] result = new float[output.Count];
        for (int k = 0; k < result.Length; k++) result[k] = random.Next(2) == 0 ? -size : size;
        return result;
    }

    private static Dictionary<Value, Tensor> Run(ModelGraph graph, IReadOnlyList<Tensor> inputs)
    {
        HashSet<Value> wanted =
            [.. graph.Nodes.Where(node => WeightedLayer.Is(node.Operation)).Select(node => node.Inputs[0]), graph.Outputs[0]];
        Dictionary<Value, Tensor> values = [];
        ReferenceExecutor.Run(graph, inputs, (value, tensor) =>
        {
            if (wanted.Contains(value)) values[value] = tensor;
        });
        return values;
    }

    private static (ModelGraph Graph, Tensor Weights) Disturbed(ModelGraph graph, Node layer)
    {
        QuantizedWeights plain = WeightQuantizer.Quantize(layer)!;
        float[] weights = [.. layer.Inputs[1].Constant!.Elements<float>()];
        for (int i = 0; i < weights.Length; i++)
        {
            float step = plain.Scales[i % plain.Scales.Length] * (SecondOrderRounding.Levels / (float)Levels);
            weights[i] = MathF.Round(weights[i] / step) * step;
        }
        Tensor tensor = Tensor.Of(layer.Inputs[1].Shape, weights);
        Value constant = GraphBuilder.Constant(layer.Inputs[1].Name, tensor);
        ModelGraph disturbed = GraphRewriter.Run(graph, (node, inputs, rewriter) =>
            node == layer ? [rewriter.Add(node.Name, node.Operation, [inputs[0], constant, .. inputs.Skip(2)])] : null);
        return (disturbed, tensor);
    }

    private static Tensor Difference(Tensor left, Tensor right)
    {
        float[] difference = [.. left.Elements<float>()];
        SymmetricMatrix.AddScaled(difference, right.Elements<float>(), -1);
        return Tensor.Of(left.Shape, difference);
    }

    /// <summary>Squares, each times the share of its channel.</summary>
    private static double SquaredSum(Tensor tensor, double[] shares)
    {
        ReadOnlySpan<float> elements = tensor.Elements<float>();
        double sum = 0;
        for (int i = 0; i < elements.Length; i++) sum += (double)elements[i] * elements[i] * shares[i % shares.Length];
        return sum;
    }

    private static double RelativeError(Tensor expected, Tensor actual) =>
        SquaredSum(Difference(expected, actual), [1]) / Math.Max(SquaredSum(expected, [1]), LeastError);

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
