using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Validation;

/// <summary>
/// Judges whether a compressed model is close enough to the float one: by accuracy where there are labels; without, by the accuracy
/// that the float model itself expects to be lost: the mean of what its probabilities say for its own class less what they say for
/// the class that inputs with errors like the sample's lead to, and as much more as makes that certain; where the outputs are no
/// probabilities, by the signal-to-noise ratio.
/// </summary>
internal sealed class Closeness
{
    /// <summary>What may be lost where the user says nothing, in percentage points.</summary>
    public const double DefaultDrop = 0.5;

    private const double LeastDecibels = 20;

    // Weights were fitted to the calibration data, which show less of the error than others, the less the fewer they are. Other inputs
    // showed 1.06 to 1.3 times as much with 500 samples, 1.6 to 1.9 times with 200: taken is 1 + 125 / samples.
    private const float UnseenSamples = 125, MostUnseen = 2;

    // Standard errors above the mean below which the true one is in 95 of 100 cases.
    private const double Certain = 1.645;

    // Errors of other inputs are like those of a sample, but greater or smaller, and as often the other way.
    private static readonly float[] Errors = [-1.5f, -1, -0.5f, 0.5f, 1, 1.5f];

    private readonly IReadOnlyList<SampleSet> _samples;
    private readonly Tensor[] _expected;
    private readonly CancellationToken _cancellation;
    private readonly int[]? _labels;
    private readonly double _maxDrop;
    private readonly double _accuracy;
    private readonly bool _isClassifier;

    /// <param name="graph">The float graph.</param>
    /// <param name="samples">A set an input: validation data with <paramref name="labels"/>, else calibration data.</param>
    /// <param name="labels">The class of each sample; null to compare with the float graph.</param>
    /// <param name="maxDrop">Most accuracy that may be lost, in percentage points.</param>
    /// <param name="cancellation">Stops between samples.</param>
    /// <param name="byNoise">Judges by the signal-to-noise ratio whatever the outputs are.</param>
    public Closeness(
        ModelGraph graph, IReadOnlyList<SampleSet> samples, int[]? labels, double maxDrop, CancellationToken cancellation, bool byNoise = false)
    {
        (_samples, _labels, _maxDrop, _cancellation) = (samples, labels, maxDrop, cancellation);
        _isClassifier = !byNoise && graph.IsDistribution();
        _expected = new Tensor[samples[0].Count];
        EachSample.Do(_expected.Length, cancellation, index => _expected[index] = ReferenceExecutor.Run(graph, Sample(index))[0]);
        if (labels is not null) _accuracy = Percent(labels, index => _expected[index]);
    }

    /// <summary>What is measured, with its unit.</summary>
    public string Figure => _labels is not null ? "accuracy lost, points" : _isClassifier ? "expected loss of accuracy, points" : "signal-to-noise ratio, dB";

    /// <summary>The worst figure that is close enough.</summary>
    public double Bound => IsLoss ? _maxDrop : LeastDecibels;

    private bool IsLoss => _labels is not null || _isClassifier;

    /// <summary>Executes the model on all samples and gives its figure.</summary>
    public double Measure(LoweredModel model)
    {
        PlanExecutor executor = new(model.Plan, model.Blob);
        if (_labels is not null) return _accuracy - Percent(_labels, index => executor.Run(Sample(index))[0]);
        return _isClassifier ? ExpectedLoss(executor) : Noise(executor);
    }

    /// <summary>A model of that figure is close enough.</summary>
    public bool Accepts(double figure) => IsLoss ? figure <= Bound : figure >= Bound;

    /// <summary>A figure is better than another.</summary>
    public bool IsCloser(double figure, double than) => IsLoss ? figure < than : figure > than;

    private double Percent(int[] labels, Func<int, Tensor> scores) => Accuracy.Of(labels, Classes.Of(labels.Length, scores, _cancellation)).Percent;

    /// <summary>In percentage points, on data that nothing was fitted to: the upper end of its 95 % confidence interval.</summary>
    private double ExpectedLoss(PlanExecutor executor)
    {
        double[] losses = new double[_expected.Length];
        float unseen = Math.Min(1 + UnseenSamples / losses.Length, MostUnseen);
        EachSample.Do(losses.Length, _cancellation, index =>
        {
            ReadOnlySpan<float> expected = _expected[index].Elements<float>(), actual = executor.Run(Sample(index))[0].Elements<float>();
            float[] other = new float[expected.Length];
            foreach (float times in Errors)
            {
                for (int i = 0; i < other.Length; i++) other[i] = expected[i] + times * unseen * (actual[i] - expected[i]);
                losses[index] += (expected[Classes.Best(expected)] - expected[Classes.Best(other)]) / Errors.Length;
            }
        });
        double mean = losses.Average(), variance = losses.Average(loss => (loss - mean) * (loss - mean));
        return 100 * (mean + Certain * Math.Sqrt(variance / losses.Length));
    }

    private double Noise(PlanExecutor executor)
    {
        SignalToNoise noise = new();
        for (int index = 0; index < _expected.Length; index++) noise.Add(_expected[index], executor.Run(Sample(index))[0]);
        return noise.Decibels;
    }

    private IReadOnlyList<Tensor> Sample(int index) => [.. _samples.Select(set => set[index])];
}
