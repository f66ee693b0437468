using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Calibration.DataFree;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Quantization.Reconstruction;

namespace ModelBuild.Compiler.Quantization.Recovery;

/// <summary>What the stages of recovery work with.</summary>
internal sealed class RecoverySetting
{
    private (ModelGraph Graph, IReadOnlyDictionary<Node, OutputCurvature> Layers)? _curvatures;

    // Of the last graph, which stages that only change weights keep.
    private (ModelGraph Graph, MomentMatching Layers)? _matching;

    /// <summary>The calibration samples; without data synthetic ones, which figures are measured on and nothing is fitted to.</summary>
    public required CalibrationSamples Samples { get; init; }

    /// <summary>How ranges are chosen.</summary>
    public required CalibrationMethod Method { get; init; }

    /// <summary>Gives the precision of each node of a graph; names of nodes stay what they are.</summary>
    public required Func<ModelGraph, PrecisionPlan> Precisions { get; init; }

    /// <summary>The least error is wanted, neither the fewest bytes nor the least time.</summary>
    public bool IsLeastError { get; init; } = true;

    /// <summary>Lowers what was quantised.</summary>
    public required Func<QuantizedGraph, LoweredModel> Lower { get; init; }

    /// <summary>Measures what was lowered.</summary>
    public required OutputNoise Noise { get; init; }

    /// <summary>Without data, what is known of the graph's inputs.</summary>
    public IReadOnlyDictionary<Value, ChannelMoments[]> Inputs { get; init; } = new Dictionary<Value, ChannelMoments[]>();

    /// <summary>Without data, how the layers of the graph at the beginning were matched to make <see cref="Noise"/>.</summary>
    public (ModelGraph Graph, MomentMatching Layers) Matched
    {
        init => _matching = value;
    }

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
    public double Measure(RecoveryState state)
    {
        QuantizedGraph quantized = Quantized(state);
        return Noise.Measure(Lower(state.Norms is not { } norms ? quantized
            : Matching(state.Graph, norms, quantized.Precisions).Apply(quantized)));
    }

    private MomentMatching Matching(ModelGraph graph, NormStatistics norms, PrecisionPlan precisions)
    {
        if (_matching?.Graph != graph) _matching = (graph, MomentMatching.Of(graph, norms, precisions, Samples, Cancellation));
        return _matching.Value.Layers;
    }

    /// <summary>The model as it stands.</summary>
    public QuantizedGraph Quantized(RecoveryState state) => Quantizer.Static(state.Graph, PrecisionsOf(state), state.Ranges, state.Weights);

    /// <summary>The precision of each node of the model as it stands.</summary>
    public PrecisionPlan PrecisionsOf(RecoveryState state) => Precisions(state.Graph).Raise(state.Raised);

    /// <summary>A graph with its values' ranges by the method; where they are to be sought later, all that occurred.</summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="norms">Without data, what its batch normalisations told, by which ranges are foretold then.</param>
    public RecoveryState Start(ModelGraph graph, NormStatistics? norms = null)
    {
        if (norms is not null)
        {
            IReadOnlyDictionary<Value, ChannelMoments[]> moments = MomentPropagation.Run(graph, norms, Inputs);
            return new RecoveryState(graph, ForetoldRanges.Of(moments)) { Norms = norms, Moments = moments };
        }
        CalibrationMethod method = Method.Kind == CalibrationKind.Auto ? new CalibrationMethod(CalibrationKind.MinMax) : Method;
        return new RecoveryState(graph, RangeChooser.Choose(graph, Calibrator.Measure(graph, Samples, Cancellation), method, Samples, Cancellation));
    }
}
