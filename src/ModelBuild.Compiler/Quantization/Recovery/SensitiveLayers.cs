using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization.Reconstruction;
using ModelBuild.Compiler.Reporting;

namespace ModelBuild.Compiler.Quantization.Recovery;

/// <summary>
/// Keeps a few values in 16 bits where 8 cost the output most and the layers around them, which become slower, are a small part of all:
/// greedily the value whose rounding costs most for what its layers compute. Only networks that lose much are changed.
/// </summary>
internal static class SensitiveLayers
{
    // In dB: an output with less noise does without, and what a step must promise, and then bring, for the time it costs.
    private const double Enough = 25, LeastGain = 0.5;

    // What fewer samples say of a network that loses much is chance.
    private const int LeastSamples = 100;

    // What layers without weights do for an element, conversions to float and back included, in multiply-adds.
    private const long CostOfElement = 16;

    // The variance of rounding is a twelfth of the squared step.
    private const double RoundingVariance = 1.0 / 12;

    // Shares of all multiply-adds that are spent, one step after the other.
    private static readonly double[] Shares = [0.025, 0.05];

    public static RecoveryState? Run(RecoveryState state, RecoverySetting setting)
    {
        if (!setting.IsLeastError || setting.Samples.Count < LeastSamples) return null;
        double best = setting.Measure(state);
        if (!(best < Enough)) return null;
        QuantizedGraph quantized = setting.Quantized(state);
        IReadOnlyDictionary<Node, double> sensitivities = Sensitivity.OfOutputs(state.Graph, setting.Samples, setting.Cancellation);
        Dictionary<Value, double> noises = sensitivities.Where(pair => quantized.Activations.ContainsKey(pair.Key.Output))
            .ToDictionary(pair => pair.Key.Output, pair => pair.Value * RoundingVariance * Math.Pow(quantized.Activations[pair.Key.Output].Scale, 2));
        ILookup<Value, Node> users = state.Graph.Nodes.SelectMany(node => node.Inputs.Concat(node.Outputs).Distinct().Select(value => (value, node)))
            .Where(pair => quantized.Precisions[pair.node].Activations == ActivationForm.Static).ToLookup(pair => pair.value, pair => pair.node);
        double kept = noises.Values.Sum();
        long budget = state.Graph.Nodes.Sum(node => NodeCost.Of(node).MultiplyAdds ?? 0);
        RecoveryState result = state;
        foreach (double share in Shares)
        {
            HashSet<Node> raised = Choose(noises, users, (long)(share * budget));
            double left = noises.Where(pair => !users[pair.Key].All(raised.Contains)).Sum(pair => pair.Value);
            if (Decibels(kept, left) < LeastGain) continue;
            // Weights are fitted to the errors of the layers before, which these no longer make.
            RecoveryState candidate = state with { Raised = raised };
            if (state.Weights is not null) candidate = RecoveryPipeline.Rounded(candidate, setting);
            double figure = setting.Measure(candidate);
            setting.Progress?.Invoke(FormattableString.Invariant($"{raised.Count} of {state.Graph.Nodes.Length} nodes in 16 bits: {best:F2} dB -> {figure:F2} dB"));
            if (figure < best + LeastGain) continue;
            (result, best, kept) = (candidate, figure, left);
        }
        return result == state ? null : result;
    }

    /// <summary>The nodes around the values with the most noise for the cost, as far as the budget goes.</summary>
    private static HashSet<Node> Choose(Dictionary<Value, double> noises, ILookup<Value, Node> users, long budget)
    {
        HashSet<Node> raised = [];
        List<Value> open = [.. noises.Keys];
        while (true)
        {
            (Value Value, long Cost)[] affordable =
                [.. open.Select(value => (value, users[value].Where(node => !raised.Contains(node)).Sum(Cost))).Where(pair => pair.Item2 <= budget)];
            if (affordable.Length == 0) return raised;
            (Value next, long cost) = affordable.MaxBy(pair => noises[pair.Value] / Math.Max(pair.Cost, 1));
            raised.UnionWith(users[next]);
            open.Remove(next);
            budget -= cost;
        }
    }

    private static long Cost(Node node) =>
        Math.Max(NodeCost.Of(node).MultiplyAdds ?? 0, CostOfElement * node.Inputs.Concat(node.Outputs).Where(value => value.Constant is null).Max(value => (long)value.Shape.Count));

    private static double Decibels(double before, double after) => 10 * Math.Log10(before / after);
}
