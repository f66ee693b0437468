using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Reference;
using ModelBuild.Compiler.Validation;

namespace ModelBuild.Compiler.Quantization.Recovery;

/// <summary>Compares plans, run by the kernels that ship, with what the float graph gives on calibration samples.</summary>
internal sealed class OutputNoise
{
    // A call in int8 takes a millisecond or two, and figures are taken often.
    private const int MostSamples = 512;

    private readonly CalibrationSamples _samples;
    private readonly Tensor[] _expected;
    private readonly CancellationToken _cancellation;

    /// <param name="graph">The float graph.</param>
    /// <param name="samples">The calibration samples, or synthetic ones.</param>
    /// <param name="cancellation">Stops between samples.</param>
    /// <param name="isSynthetic">The samples are no data.</param>
    public OutputNoise(ModelGraph graph, CalibrationSamples samples, CancellationToken cancellation, bool isSynthetic = false)
    {
        Figure = $"signal-to-noise ratio of the output{(isSynthetic ? " on synthetic inputs" : "")}, dB";
        (_samples, _cancellation) = (samples.Spread(MostSamples), cancellation);
        _expected = new Tensor[_samples.Count];
        EachSample.Do(_expected.Length, cancellation, index => _expected[index] = ReferenceExecutor.Run(graph, _samples[index])[0]);
    }

    /// <summary>What is measured, with its unit.</summary>
    public string Figure { get; }

    /// <summary>The ratio of the first output, the same whatever the number of threads; NaN of an output that is not float.</summary>
    public double Measure(LoweredModel model)
    {
        if (_expected[0].Type != DataType.Float32) return double.NaN;
        PlanExecutor executor = new(model.Plan, model.Blob);
        Tensor[] actual = new Tensor[_expected.Length];
        EachSample.Do(actual.Length, _cancellation, index => actual[index] = executor.Run(_samples[index])[0]);
        SignalToNoise noise = new();
        for (int index = 0; index < actual.Length; index++) noise.Add(_expected[index], actual[index]);
        return noise.Decibels;
    }
}
