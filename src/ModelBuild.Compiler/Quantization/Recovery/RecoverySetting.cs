using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Quantization.Reconstruction;

namespace ModelBuild.Compiler.Quantization.Recovery;

/// <summary>What the stages of recovery work with.</summary>
internal sealed class RecoverySetting
{
    private (ModelGraph Graph, IReadOnlyDictionary<Node, OutputCurvature> Layers)? _curvatures;

    /// <summary>The calibration samples.</summary>
    public required CalibrationSamples Samples { get; init; }

    /// <summary>How ranges are chosen.</summary>
    public required CalibrationMethod Method { get; init; }

    /// <summary>Gives the precision of each node of a graph; names of nodes stay what they are.</summary>
    public required Func<ModelGraph, PrecisionPlan> Precisions { get; init; }

    /// <summary>Lowers what was quantised.</summary>
    public required Func<QuantizedGraph, LoweredModel> Lower { get; init; }

    /// <summary>Measures what was lowered.</summary>
    public required OutputNoise Noise { get; init; }

    /// <summary>Gets a line at the start of each long step; may be null.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>Stops between steps.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>What errors of the layers of a graph cost; measured once.</summary>
    public IReadOnlyDictionary<Node, OutputCurvature> Curvatures(ModelGraph graph)
    {
        if (_curvatures?.Graph != graph) _curvatures = (graph, CurvatureMeasurement.Measure(graph, Samples, Cancellation));
        return _curvatures.Value.Layers;
    }

    /// <summary>Signal-to-noise ratio of the output, in dB, as the kernels that ship compute it.</summary>
    public double Measure(RecoveryState state) => Noise.Measure(Lower(Quantized(state)));

    /// <summary>The model as it stands.</summary>
    public QuantizedGraph Quantized(RecoveryState state) => Quantizer.Static(state.Graph, Precisions(state.Graph), state.Ranges, state.Weights);

    /// <summary>A graph with its values' ranges by the method; where they are to be sought later, all that occurred.</summary>
    public RecoveryState Start(ModelGraph graph)
    {
        CalibrationMethod method = Method.Kind == CalibrationKind.Auto ? new CalibrationMethod(CalibrationKind.MinMax) : Method;
        return new RecoveryState(graph, RangeChooser.Choose(graph, Calibrator.Measure(graph, Samples, Cancellation), method, Samples, Cancellation));
    }
}
