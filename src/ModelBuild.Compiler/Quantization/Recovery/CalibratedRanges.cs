using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Quantization.Recovery;

/// <summary>
/// Of the ranges that each value's readers prefer and those that a single method gives for all, the ones with the least noise at the
/// output: where errors of many layers add up, what is best for each is not always best for all.
/// </summary>
internal static class CalibratedRanges
{
    private static readonly CalibrationKind[] Kinds = [CalibrationKind.Auto, CalibrationKind.Mse, CalibrationKind.Percentile, CalibrationKind.Entropy];

    public static RecoveryState? Run(RecoveryState state, RecoverySetting setting)
    {
        if (setting.Method.Kind != CalibrationKind.Auto) return null;
        IReadOnlyDictionary<Value, ValueStatistics> statistics = Calibrator.Measure(state.Graph, setting.Samples, setting.Cancellation);
        return Kinds.Select(kind => state with
        {
            Ranges = RangeChooser.Choose(state.Graph, statistics, new CalibrationMethod(kind), setting.Samples, setting.Cancellation),
        }).MaxBy(setting.Measure);
    }
}
