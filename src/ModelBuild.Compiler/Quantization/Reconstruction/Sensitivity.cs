using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Quantization.Reconstruction;

/// <summary>
/// How much errors of each layer matter to the network's first output: those of its channels beside each other by
/// <see cref="CurvatureMeasurement"/>, the layer's as a whole by disturbing it and measuring what comes out.
/// </summary>
internal static class Sensitivity
{
    // A disturbance that is large beside the noise of measurement and small beside the weights: five bits.
    private const int Levels = 15;

    private const int MostSamples = 32;
    private const double LeastDivergence = 1e-7, LeastError = 1e-12;

    /// <summary>For each layer with weights, the network's output error by the errors of its channels.</summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="curvatures">Of its layers, each in its own unit.</param>
    /// <param name="samples">The calibration samples.</param>
    /// <param name="cancellation">Stops between layers.</param>
    public static IReadOnlyDictionary<Node, OutputCurvature> Measure(
        ModelGraph graph, IReadOnlyDictionary<Node, OutputCurvature> curvatures, CalibrationSamples samples, CancellationToken cancellation)
    {
        CalibrationSamples used = samples.Spread(MostSamples);
        IReadOnlyList<Tensor>[] inputs = [.. Enumerable.Range(0, used.Count).Select(used.Read)];
        bool isDistribution = graph.IsDistribution();
        Dictionary<Value, Tensor>[] values = [.. inputs.Select(tensors => Run(graph, tensors))];
        Dictionary<Node, OutputCurvature> sensitivities = [];
        foreach (Node layer in graph.Nodes.Where(node => WeightedLayer.Is(node.Operation) && node.Inputs[1].Constant is not null))
        {
            (ModelGraph Graph, Tensor Weights) disturbed = Disturbed(graph, layer);
            double[] errors = new double[inputs.Length], divergences = new double[inputs.Length];
            double[] shares = curvatures[layer].Shares;
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
            sensitivities[layer] = curvatures[layer].Times(factor);
        }
        return sensitivities;
    }

    /// <summary>
    /// What an error of variance 1 of every element of each node's output would do to the network's output: the sum over the elements of the
    /// squared gradients, in the mean over samples; nats where the output is a distribution, else shares of its power.
    /// </summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="samples">The calibration samples.</param>
    /// <param name="cancellation">Stops between samples.</param>
    public static IReadOnlyDictionary<Node, double> OfOutputs(ModelGraph graph, CalibrationSamples samples, CancellationToken cancellation)
    {
        CalibrationSamples used = samples.Spread(MostSamples);
        Dictionary<Node, double>[] squares = [.. Enumerable.Range(0, used.Count).Select(_ => new Dictionary<Node, double>())];
        EachSample.Do(used.Count, cancellation, index => CurvatureMeasurement.Backpropagate(graph, used[index], index, (_, node, gradient) =>
            squares[index][node] = squares[index].GetValueOrDefault(node) + gradient.Sum(slope => (double)slope * slope)));
        return squares.SelectMany(own => own).GroupBy(pair => pair.Key, pair => pair.Value)
            .ToDictionary(group => group.Key, group => group.Sum() / (used.Count * CurvatureMeasurement.Directions));
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
