using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Quantization.Reconstruction;

namespace ModelBuild.Compiler.Search;

/// <summary>
/// Keeps activations in 16 bits where 8 cost most: values are ordered by what their rounding does to the network's output, and more and
/// more of them are raised, with the layers that write and read them, as long as the output gains by it. The same data give the same model.
/// </summary>
internal sealed class AccuracySearch
{
    // What a trial must gain over the best in dB: 16 bits make layers slower.
    private const double LeastGain = 1;

    // The variance of rounding is a twelfth of the squared step.
    private const double RoundingVariance = 1.0 / 12;

    // Shares of the values that are raised, one trial each.
    private static readonly double[] Shares = [0.125, 0.25, 0.5, 1];

    /// <summary>The optimised graph.</summary>
    public required ModelGraph Graph { get; init; }

    /// <summary>The precision of each node, as the user said.</summary>
    public required PrecisionPlan Precisions { get; init; }

    /// <summary>Ranges of its values.</summary>
    public required IReadOnlyDictionary<Value, ValueRange> Ranges { get; init; }

    /// <summary>The model with the activations that the user said.</summary>
    public required QuantizedGraph LeastError { get; init; }

    /// <summary>Number of calibration samples.</summary>
    public required int Samples { get; init; }

    /// <summary>Gives the inputs of a sample; is called by several threads.</summary>
    public required Func<int, IReadOnlyList<Tensor>> Sample { get; init; }

    /// <summary>Lowers what was quantised.</summary>
    public required Func<QuantizedGraph, LoweredModel> Lower { get; init; }

    /// <summary>Measures models by their signal-to-noise ratio.</summary>
    public required SearchTarget Target { get; init; }

    /// <summary>The model with the best ratio that is small enough, and what was tried.</summary>
    /// <param name="progress">Gets a line a trial; may be null.</param>
    /// <param name="cancellation">Stops between layers.</param>
    public (QuantizedGraph Best, SearchReport Report) Run(Action<string>? progress, CancellationToken cancellation)
    {
        QuantizedGraph best = LeastError;
        List<SearchTrial> trials = [Target.Judge("8 bits", Lower(best))];
        SearchTrial leading = trials[0];
        progress?.Invoke("measuring how much each layer matters");
        Node[] order = Order(best, Sensitivity.Measure(Graph, Samples, Sample, cancellation));
        foreach (int raised in Shares.Select(share => (int)Math.Ceiling(share * order.Length)).Where(raised => raised > 0).Distinct())
        {
            PrecisionPlan precisions = Precisions.Raise(order.Take(raised).SelectMany(Around));
            QuantizedGraph candidate = Quantizer.Static(Graph, precisions, Ranges, Samples, Sample, null, cancellation);
            SearchTrial trial = Target.Judge($"16 bits for {raised} of {order.Length} values", Lower(candidate));
            progress?.Invoke(FormattableString.Invariant($"{trial.Settings}: {trial.Closeness:F1} dB, {trial.Bytes} bytes, {trial.Verdict}"));
            trials.Add(trial);
            if (trial.IsAccepted && (!leading.IsAccepted || trial.Closeness >= leading.Closeness + LeastGain)) (best, leading) = (candidate, trial);
        }
        return (best, Target.Report(trials));
    }

    /// <summary>The layers whose outputs are stored in 8 bits, those first whose rounding costs most.</summary>
    private static Node[] Order(QuantizedGraph graph, IReadOnlyDictionary<Node, double[]> sensitivities) =>
        [.. sensitivities.Keys.Where(node => graph.Activations.ContainsKey(node.Output))
            .OrderByDescending(node => sensitivities[node].Sum() * RoundingVariance * Math.Pow(graph.Activations[node.Output].Scale, 2))];

    /// <summary>A layer and those that read its output.</summary>
    private IEnumerable<Node> Around(Node node) => Graph.Nodes.Where(other => other == node || other.Inputs.Contains(node.Output));
}
