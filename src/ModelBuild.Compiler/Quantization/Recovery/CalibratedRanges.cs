using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Passes;

namespace ModelBuild.Compiler.Quantization.Recovery;

/// <summary>
/// Of the ranges that each value's readers prefer and those that a single method gives for all, the ones with the least noise at the
/// output: where errors of many layers add up, what is best for each is not always best for all. Of networks that are rounded quickly
/// each is judged as it will be executed, since rounding makes up for some errors and not for others.
/// </summary>
internal static class CalibratedRanges
{
    private static readonly CalibrationKind[] Kinds =
        [CalibrationKind.Auto, CalibrationKind.Mse, CalibrationKind.Percentile, CalibrationKind.Entropy, CalibrationKind.MovingAverage];

    // Networks with more weights are rounded once.
    private const int MostWeights = 500_000;

    public static RecoveryState? Run(RecoveryState state, RecoverySetting setting)
    {
        if (setting.Method.Kind != CalibrationKind.Auto) return null;
        IReadOnlyDictionary<Value, ValueStatistics> statistics = Calibrator.Measure(state.Graph, setting.Samples, setting.Cancellation);
        long weights = state.Graph.Nodes.Where(node => WeightedLayer.Is(node.Operation)).Sum(node => (long)node.Inputs[1].Shape.Count);
        return Kinds.Select(kind => state with
        {
            Ranges = RangeChooser.Choose(state.Graph, statistics, new CalibrationMethod(kind), setting.Samples, setting.Cancellation),
        }).Select(candidate => weights > MostWeights ? candidate : RecoveryPipeline.Rounded(candidate, setting)).MaxBy(setting.Measure);
    }
}
