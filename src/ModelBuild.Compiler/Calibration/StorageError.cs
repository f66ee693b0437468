using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Quantization.Reconstruction;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Calibration;

/// <summary>
/// What storing one value in bytes does to the results of the nodes that read it, all else being float: a step that a layer's weights
/// average out counts little, an end that they amplify counts much.
/// </summary>
internal sealed class StorageError
{
    // All values of the samples are kept at once; of small networks many are needed, as each shows few elements.
    private const int MostSamples = 256;
    private const long MostBytes = 1L << 29;

    private const double StandardErrors = 2;

    private readonly Dictionary<Value, Tensor>[] _samples;
    private readonly ILookup<Value, Node> _readers;

    /// <param name="graph">The optimised graph.</param>
    /// <param name="samples">The calibration samples.</param>
    /// <param name="cancellation">Stops between samples.</param>
    public StorageError(ModelGraph graph, CalibrationSamples samples, CancellationToken cancellation)
    {
        long bytes = graph.Nodes.SelectMany(node => node.Outputs).Where(value => value.Shape.IsStatic).Sum(value => (long)value.Shape.Count * sizeof(float));
        CalibrationSamples used = samples.Spread((int)Math.Clamp(MostBytes / (bytes + 1), 1, MostSamples));
        _samples = new Dictionary<Value, Tensor>[used.Count];
        EachSample.Do(used.Count, cancellation, index =>
        {
            Dictionary<Value, Tensor> values = _samples[index] = [];
            ReferenceExecutor.Run(graph, used[index], (value, tensor) => values[value] = tensor);
        });
        _readers = graph.Nodes.SelectMany(node => node.Inputs.Distinct().Select(input => (input, node))).ToLookup(pair => pair.input, pair => pair.node);
    }

    /// <summary>
    /// The power of the error over that of the results, summed over the next layers with weights and whatever else joins the value with
    /// others; functions and pools of the value alone are followed on, since a pool averages rounding out, but not what was cut off.
    /// </summary>
    public double Of(Value value, ValueRange range)
    {
        ActivationQuantization quantization = ActivationQuantizer.Of(range);
        Dictionary<Value, Ratio> ends = [];
        foreach (Dictionary<Value, Tensor> values in _samples)
            if (values.TryGetValue(value, out Tensor? real)) Follow(value, SampleState.Round(real, quantization), values, ends);
        return ends.Values.Sum(ratio => ratio.Relative);
    }

    private void Follow(Value value, Tensor stored, Dictionary<Value, Tensor> values, Dictionary<Value, Ratio> ends)
    {
        if (!_readers.Contains(value)) Add(value, stored);
        foreach (Node node in _readers[value])
        {
            IReadOnlyList<Tensor> results =
                ReferenceOperations.Run(node.Operation, [.. node.Inputs.Select(input => input == value ? stored : input.Constant ?? values[input])]);
            bool isEnd = WeightedLayer.Is(node.Operation) || node.Inputs.Any(input => input != value && input.Constant is null);
            for (int i = 0; i < results.Count; i++)
            {
                if (isEnd) Add(node.Outputs[i], results[i]);
                else Follow(node.Outputs[i], results[i], values, ends);
            }
        }

        void Add(Value end, Tensor actual)
        {
            if (actual.Type != DataType.Float32) return;
            if (!ends.TryGetValue(end, out Ratio? ratio)) ends.Add(end, ratio = new Ratio());
            ratio.Add(values[end].Elements<float>(), actual.Elements<float>());
        }
    }

    /// <summary>The error at a place, sample by sample.</summary>
    private sealed class Ratio
    {
        private readonly List<double> _errors = [];
        private double _power;

        /// <summary>
        /// The error over the power of the results, with a surcharge of two standard errors: what is cut off lies in few samples, so
        /// that those at hand say little about it.
        /// </summary>
        public double Relative
        {
            get
            {
                double mean = _errors.Average(), variance = _errors.Average(error => (error - mean) * (error - mean));
                double sum = _errors.Count * mean + StandardErrors * Math.Sqrt(_errors.Count * variance);
                return _power > 0 ? sum / _power : sum;
            }
        }

        public void Add(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
        {
            double sum = 0;
            for (int i = 0; i < expected.Length; i++)
            {
                double error = (double)expected[i] - actual[i];
                sum += error * error;
                _power += (double)expected[i] * expected[i];
            }
            _errors.Add(sum);
        }
    }
}
