using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Quantization.Reconstruction;

namespace ModelBuild.Compiler.Search;

/// <summary>
/// Keeps activations in 16 bits where 8 cost most: values are ordered by what their rounding does to the network's output, and more and
/// more of them are raised, with the layers that write and read them, as long as the output gains by it. The same data give the same model.
/// </summary>
internal static class AccuracySearch
{
    // What a trial must gain over the best in dB: 16 bits make layers slower.
    private const double LeastGain = 1;

    // The variance of rounding is a twelfth of the squared step.
    private const double RoundingVariance = 1.0 / 12;

    // Shares of the values that are raised, one trial each.
    private static readonly double[] Shares = [0.125, 0.25, 0.5, 1];

    /// <summary>The model with the best ratio that is small enough, and what was tried.</summary>
    /// <param name="input">Where to begin, and what to look for.</param>
    /// <param name="progress">Gets a line a trial; may be null.</param>
    /// <param name="cancellation">Stops between layers.</param>
    public static (QuantizedGraph Best, SearchReport Report) Run(SearchInput input, Action<string>? progress, CancellationToken cancellation)
    {
        QuantizedGraph best = input.LeastError;
        List<SearchTrial> trials = [input.Target.Judge("8 bits", input.Lower(best))];
        SearchTrial leading = trials[0];
        progress?.Invoke("measuring how much each layer matters");
        Node[] order = Order(best, Sensitivity.Measure(input.Graph, input.Curvatures, input.Samples, cancellation));
        foreach (int raised in Shares.Select(share => (int)Math.Ceiling(share * order.Length)).Where(raised => raised > 0).Distinct())
        {
            PrecisionPlan precisions = input.LeastError.Precisions.Raise(order.Take(raised).SelectMany(node => Around(node, input.Graph)));
            QuantizedGraph candidate = Quantizer.Static(input.Graph, precisions, input.Ranges, input.Samples, input.Curvatures, null, cancellation);
            SearchTrial trial = input.Target.Judge($"16 bits for {raised} of {order.Length} values", input.Lower(candidate));
            progress?.Invoke(FormattableString.Invariant($"{trial.Settings}: {trial.Closeness:F1} dB, {trial.Bytes} bytes, {trial.Verdict}"));
            trials.Add(trial);
            if (trial.IsAccepted && (!leading.IsAccepted || trial.Closeness >= leading.Closeness + LeastGain)) (best, leading) = (candidate, trial);
        }
        return (best, input.Target.Report(trials));
    }

    /// <summary>The layers whose outputs are stored in 8 bits, those first whose rounding costs most.</summary>
    private static Node[] Order(QuantizedGraph graph, IReadOnlyDictionary<Node, OutputCurvature> sensitivities) =>
        [.. sensitivities.Keys.Where(node => graph.Activations.ContainsKey(node.Output))
            .OrderByDescending(node => sensitivities[node].Shares.Sum() * RoundingVariance * Math.Pow(graph.Activations[node.Output].Scale, 2))];

    /// <summary>A layer and those that read its output.</summary>
    private static IEnumerable<Node> Around(Node node, ModelGraph graph) => graph.Nodes.Where(other => other == node || other.Inputs.Contains(node.Output));
}
