using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Tests.Lowering;

/// <summary>Ranges of the values of a graph over one sample.</summary>
internal static class Ranges
{
    public static IReadOnlyDictionary<Value, ValueRange> Of(ModelGraph graph, Tensor[] inputs)
    {
        CalibrationSamples samples = new(1, _ => inputs);
        return RangeChooser.Choose(
            graph, Calibrator.Measure(graph, samples, CancellationToken.None), new CalibrationMethod(CalibrationKind.MinMax), samples, CancellationToken.None);
    }
}
