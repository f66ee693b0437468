using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Quantization.Recovery;

/// <summary>
/// Moves the ends of one range after the other as long as the noise at the output falls, with all else as it will be: whatever the errors
/// of other layers do to that of this value is in the figure.
/// </summary>
internal static class RangeFineSearch
{
    // Models that are measured at most, each in a fraction of a second.
    private const int MostTrials = 60;

    // Factors of an end, in the order in which they are tried; the second only where the first does not help.
    private static readonly float[] Factors = [0.93f, 1.05f];

    public static RecoveryState? Run(RecoveryState state, RecoverySetting setting)
    {
        QuantizedGraph quantized = setting.Quantized(state);
        Value[] values = [.. state.Graph.Inputs.Concat(state.Graph.Nodes.Where(node => node.Operation is not Softmax).SelectMany(node => node.Outputs))
            .Where(value => quantized.Activations.TryGetValue(value, out ActivationQuantization own) && own == ActivationQuantizer.Of(state.Ranges[value]))];
        double best = setting.Measure(state);
        if (values.Length == 0 || !double.IsFinite(best)) return null;
        // From the output on backwards: the last values are read by few layers that could make up for their errors.
        Value[] order = [.. values.Reverse()];
        int trials = 0;
        foreach (Value value in order)
            foreach (bool isMaximum in (bool[])[true, false])
                foreach (float factor in Factors)
                {
                    ValueRange range = state.Ranges[value];
                    if (trials == MostTrials || (isMaximum ? range.Maximum <= 0 : range.Minimum >= 0)) break;
                    trials++;
                    RecoveryState candidate = state with
                    {
                        Ranges = new Dictionary<Value, ValueRange>(state.Ranges)
                        {
                            [value] = isMaximum ? range with { Maximum = range.Maximum * factor } : range with { Minimum = range.Minimum * factor },
                        },
                    };
                    double figure = setting.Measure(candidate);
                    if (!(figure > best)) continue;
                    (state, best) = (candidate, figure);
                    break;
                }
        return state;
    }
}
