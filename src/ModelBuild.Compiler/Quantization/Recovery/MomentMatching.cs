using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Calibration.DataFree;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Quantization.Recovery;

/// <summary>
/// Makes synthetic inputs good for comparing models: the outputs of each layer are multiplied and added to, channel by channel, so that
/// over these inputs they have the mean and variance which a batch normalisation tells of real ones. The float graph and a quantised one
/// are changed alike, so that what differs is the error of real activations.
/// </summary>
internal sealed class MomentMatching
{
    // A channel that hardly varies over the samples says nothing.
    private const double LeastFactor = 1.0 / 16, MostFactor = 16;

    private readonly Dictionary<string, (double[] Factors, double[] Addends)> _outputs = [];

    /// <summary>Finds the factors and addends of a graph.</summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="norms">What its normalisations told.</param>
    /// <param name="precisions">The precision of each node; layers whose weights stay floats are left as they are.</param>
    /// <param name="samples">The synthetic inputs, all of whose values are kept at once.</param>
    /// <param name="cancellation">Stops between samples.</param>
    public static MomentMatching Of(
        ModelGraph graph, NormStatistics norms, PrecisionPlan precisions, CalibrationSamples samples, CancellationToken cancellation)
    {
        MomentMatching matching = new();
        Dictionary<Value, int> uses = [];
        foreach (Value value in graph.Nodes.SelectMany(node => node.Inputs)) uses[value] = uses.GetValueOrDefault(value) + 1;
        Dictionary<Value, Tensor>[] values =
            [.. Enumerable.Range(0, samples.Count).Select(index => graph.Inputs.Zip(samples[index]).ToDictionary())];
        foreach (Node node in graph.Nodes)
        {
            bool isMatched = WeightedLayer.Is(node.Operation) && !precisions[node].Weights.IsFloat;
            ChannelMoments[]? told = isMatched ? norms.Sum(node.Output.Name) : null;
            IReadOnlyList<Tensor>[] results = new IReadOnlyList<Tensor>[values.Length];
            Operation operation = told is null ? node.Operation : WeightedLayer.With(node.Operation, Clamp.None);
            EachSample.Do(values.Length, cancellation, index =>
                results[index] = ReferenceOperations.Run(
                    operation, [.. node.Inputs.Select(input => input.Constant ?? values[index][input])]));
            if (told is not null) matching.Match(node, told, results);
            for (int index = 0; index < values.Length; index++)
            {
                for (int i = 0; i < node.Outputs.Length; i++) values[index][node.Outputs[i]] = results[index][i];
            }
            foreach (Value input in node.Inputs)
            {
                if (--uses[input] > 0) continue;
                foreach (Dictionary<Value, Tensor> sample in values) sample.Remove(input);
            }
        }
        return matching;
    }

    /// <summary>The float graph.</summary>
    public ModelGraph Apply(ModelGraph graph)
    {
        LayerParameters parameters = new();
        foreach (Node layer in graph.Nodes.Where(node => WeightedLayer.Is(node.Operation)))
        {
            if (!_outputs.TryGetValue(layer.Output.Name, out (double[] Factors, double[] Addends) change)) continue;
            float[] weights = parameters.Weights(layer), bias = parameters.Bias(layer);
            for (int i = 0; i < weights.Length; i++) weights[i] *= (float)change.Factors[i % bias.Length];
            for (int c = 0; c < bias.Length; c++) bias[c] = Changed(bias[c], change, c);
        }
        return parameters.Apply(graph);
    }

    /// <summary>A quantised graph of the same layers.</summary>
    public QuantizedGraph Apply(QuantizedGraph quantized) => quantized with
    {
        Weights = quantized.Weights.ToDictionary(entry => entry.Key, entry => Apply(entry.Key, entry.Value)),
    };

    private QuantizedWeights Apply(Node layer, QuantizedWeights weights)
    {
        if (!_outputs.TryGetValue(layer.Output.Name, out (double[] Factors, double[] Addends) change)) return weights;
        float[] bias = weights.Bias ?? new LayerParameters().Bias(layer);
        return weights with
        {
            Scales = [.. weights.Scales.Select((scale, c) => (float)(scale * change.Factors[c]))],
            Bias = [.. bias.Select((addend, c) => Changed(addend, change, c))],
        };
    }

    private static float Changed(float bias, (double[] Factors, double[] Addends) change, int channel) =>
        (float)(bias * change.Factors[channel] + change.Addends[channel]);

    /// <summary>Finds the change of a layer, and makes it and the activation.</summary>
    private void Match(Node layer, ChannelMoments[] told, IReadOnlyList<Tensor>[] results)
    {
        double[] factors = new double[told.Length], addends = new double[told.Length];
        Clamp clamp = WeightedLayer.ClampOf(layer.Operation);
        Parallel.For(0, told.Length, channel =>
        {
            double sum = 0, squares = 0;
            long count = 0;
            foreach (IReadOnlyList<Tensor> sample in results)
            {
                ReadOnlySpan<float> elements = sample[0].Elements<float>();
                for (int i = channel; i < elements.Length; i += told.Length, count++)
                    (sum, squares) = (sum + elements[i], squares + (double)elements[i] * elements[i]);
            }
            double mean = sum / count, deviation = Math.Sqrt(Math.Max(0, squares / count - mean * mean));
            double wanted = told[channel].Deviation;
            double factor = factors[channel] = deviation > 0 ? Math.Clamp(wanted / deviation, LeastFactor, MostFactor) : 1;
            double addend = addends[channel] = told[channel].Mean - factor * mean;
            foreach (IReadOnlyList<Tensor> sample in results)
            {
                float[] elements = (float[])sample[0].Data;
                for (int i = channel; i < elements.Length; i += told.Length)
                    elements[i] = clamp.Apply((float)(elements[i] * factor + addend));
            }
        });
        _outputs.Add(layer.Output.Name, (factors, addends));
    }
}
