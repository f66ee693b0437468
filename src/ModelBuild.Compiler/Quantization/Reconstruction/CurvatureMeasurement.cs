using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Quantization.Reconstruction;

/// <summary>
/// Measures the <see cref="OutputCurvature"/> of layers by gradients of the network's first output: for each place the products of the
/// channels' gradients, in the mean over places and samples (the block of a layer of Gauss and Newton's matrix, as in
/// K-FAC, Martens and Grosse 2015, https://arxiv.org/abs/1503.05671).
/// </summary>
internal static class CurvatureMeasurement
{
    /// <summary>Gradients of a sample, each in a random direction.</summary>
    public const int Directions = 4;

    private const int MostSamples = 256;

    // Samples whose gradients are kept at once.
    private const int Batch = 4;

    // Of the mean: channels without a measurable gradient still count for something.
    private const double LeastShare = 0.02;

    // Shares are taken to this power: few samples exaggerate the differences.
    private const double Trust = 0.5;

    // What channels have in common counts by gradients / (gradients + so many a channel), since chance alone gives them something.
    private const double GradientsPerChannel = 4, MostTrust = 0.95;

    private const double LeastSignal = 1e-12;

    /// <summary>The curvature of each layer with weights, in units in which its channels' shares are 1 in the mean.</summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="samples">The calibration samples.</param>
    /// <param name="cancellation">Stops between samples.</param>
    public static IReadOnlyDictionary<Node, OutputCurvature> Measure(ModelGraph graph, CalibrationSamples samples, CancellationToken cancellation)
    {
        CalibrationSamples used = samples.Spread(MostSamples);
        Node[] layers = [.. graph.Nodes.Where(node => WeightedLayer.Is(node.Operation) && node.Inputs[1].Constant is not null)];
        Dictionary<Node, double[]> sums = layers.ToDictionary(layer => layer, layer => new double[WeightedLayer.Outputs(layer) * WeightedLayer.Outputs(layer)]);
        for (int first = 0; first < used.Count; first += Batch)
        {
            Dictionary<Node, float[]>[] gradients = new Dictionary<Node, float[]>[Math.Min(Batch, used.Count - first) * Directions];
            EachSample.Do(gradients.Length / Directions, cancellation, index =>
                Gradients(graph, used[first + index], first + index).CopyTo(gradients, index * Directions));
            // A layer by one thread, in the order of the samples: sums do not depend on how many there are.
            Parallel.ForEach(layers, layer =>
            {
                foreach (Dictionary<Node, float[]> own in gradients)
                    if (own.TryGetValue(layer, out float[]? gradient)) AddProducts(sums[layer], gradient, layer);
            });
        }
        return layers.ToDictionary(layer => layer, layer => Curvature(sums[layer], layer, used.Count * Directions));
    }

    private static void AddProducts(double[] sums, float[] gradient, Node layer)
    {
        int outputs = WeightedLayer.Outputs(layer);
        bool isDiagonal = WeightedLayer.IsGrouped(layer);
        double[] place = new double[outputs];
        for (int start = 0; start < gradient.Length; start += outputs)
        {
            for (int o = 0; o < outputs; o++) place[o] = gradient[start + o];
            for (int o = 0; o < outputs; o++)
            {
                if (place[o] == 0) continue;
                if (isDiagonal) sums[o * outputs + o] += place[o] * place[o];
                else SymmetricMatrix.AddScaled(sums.AsSpan(o * outputs, outputs), place, place[o]);
            }
        }
    }

    private static OutputCurvature Curvature(double[] sums, Node layer, double gradients)
    {
        int outputs = WeightedLayer.Outputs(layer);
        double[] shares = [.. Enumerable.Range(0, outputs).Select(o => sums[o * outputs + o])];
        double mean = shares.Average();
        if (!(mean > 0 && double.IsFinite(mean))) return OutputCurvature.Of([.. Enumerable.Repeat(1.0, outputs)]);
        double[] trusted = [.. shares.Select(share => Math.Pow(Math.Max(share / mean, LeastShare), Trust))];
        // Outputs of different groups cannot make up for each other.
        if (WeightedLayer.IsGrouped(layer)) return OutputCurvature.Of(trusted);
        double[] matrix = new double[sums.Length];
        double trust = Math.Min(gradients / (gradients + GradientsPerChannel * outputs), MostTrust);
        for (int o = 0; o < outputs; o++)
            for (int p = 0; p < outputs; p++)
            {
                double norm = Math.Sqrt(shares[o] * shares[p]);
                matrix[o * outputs + p] = o == p ? trusted[o]
                    : norm > 0 ? trust * sums[o * outputs + p] / norm * Math.Sqrt(trusted[o] * trusted[p]) : 0;
            }
        return OutputCurvature.Of(matrix, outputs);
    }

    /// <summary>The gradients of a sample by layer, once a direction.</summary>
    private static Dictionary<Node, float[]>[] Gradients(ModelGraph graph, IReadOnlyList<Tensor> sample, int index)
    {
        Dictionary<Node, float[]>[] gradients = [.. Enumerable.Range(0, Directions).Select(_ => new Dictionary<Node, float[]>())];
        Backpropagate(graph, sample, index, (direction, node, gradient) =>
        {
            if (WeightedLayer.Is(node.Operation)) gradients[direction][node] = gradient;
        });
        return gradients;
    }

    /// <summary>Gradients of the first output, or of the scores it is a distribution of, in random directions.</summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="sample">Its inputs.</param>
    /// <param name="index">Number of the sample, by which the directions are chosen.</param>
    /// <param name="observe">Gets a direction's number, each node, and the gradient of its output before the fused activation.</param>
    public static void Backpropagate(ModelGraph graph, IReadOnlyList<Tensor> sample, int index, Action<int, Node, float[]> observe)
    {
        Node? last = graph.Nodes.LastOrDefault(node => node.Outputs.Contains(graph.Outputs[0]));
        Value from = last?.Operation is Softmax ? last.Inputs[0] : graph.Outputs[0];
        Dictionary<Value, Tensor> values = [];
        ReferenceExecutor.Run(graph, sample, (value, tensor) => values[value] = tensor);
        for (int direction = 0; direction < Directions; direction++)
        {
            Random random = new(index * Directions + direction);
            float[] start = last?.Operation is Softmax ? Disturbance(values[graph.Outputs[0]], random) : Relative(values[from], random);
            int number = direction;
            Backpropagation.Run(graph, values, from, start, (node, gradient) => observe(number, node, gradient));
        }
    }

    /// <summary>
    /// A random vector of scores whose outer product is in the mean the Hessian of the divergence, diag(p) - p p'
    /// (Hutchinson's estimate of Gauss and Newton's matrix).
    /// </summary>
    private static float[] Disturbance(Tensor probabilities, Random random)
    {
        ReadOnlySpan<float> p = probabilities.Elements<float>();
        float[] result = new float[p.Length];
        float sum = 0;
        for (int k = 0; k < p.Length; k++) sum += result[k] = (random.Next(2) == 0 ? -1 : 1) * MathF.Sqrt(p[k]);
        for (int k = 0; k < p.Length; k++) result[k] -= p[k] * sum;
        return result;
    }

    /// <summary>Random signs over the length of the output.</summary>
    private static float[] Relative(Tensor output, Random random)
    {
        double signal = 0;
        foreach (float y in output.Elements<float>()) signal += (double)y * y;
        float size = (float)(1 / Math.Sqrt(Math.Max(signal, LeastSignal)));
        float[] result = new float[output.Count];
        for (int k = 0; k < result.Length; k++) result[k] = random.Next(2) == 0 ? -size : size;
        return result;
    }
}
