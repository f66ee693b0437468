using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Quantization.Recovery;

/// <summary>What the stages of recovery work with.</summary>
internal sealed class RecoverySetting
{
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

    /// <summary>Signal-to-noise ratio of the output, in dB, as the kernels that ship compute it.</summary>
    public double Measure(RecoveryState state) => Noise.Measure(Lower(Quantized(state)));

    /// <summary>The model as it stands.</summary>
    public QuantizedGraph Quantized(RecoveryState state)
    {
        PrecisionPlan precisions = Precisions(state.Graph);
        IReadOnlyDictionary<Value, ActivationQuantization> activations = ActivationQuantizer.Quantize(state.Graph, precisions, state.Ranges);
        return new QuantizedGraph(state.Graph, state.Weights ?? Nearest(state.Graph, precisions, activations), activations)
        {
            Precisions = precisions, Int16Scales = ActivationQuantizer.Int16Scales(state.Graph, precisions, state.Ranges),
        };
    }

    /// <summary>Ranges of a graph's values by the method.</summary>
    public IReadOnlyDictionary<Value, ValueRange> Ranges(ModelGraph graph, CalibrationMethod method) =>
        RangeChooser.Choose(graph, Calibrator.Measure(graph, Samples, Cancellation), method, Samples, Cancellation);

    private static Dictionary<Node, QuantizedWeights> Nearest(
        ModelGraph graph, PrecisionPlan precisions, IReadOnlyDictionary<Value, ActivationQuantization> activations)
    {
        Dictionary<Node, QuantizedWeights> weights = [];
        foreach (Node node in graph.Nodes)
        {
            LayerPrecision precision = precisions[node];
            if (precision.Weights.IsFloat) continue;
            bool isStatic = precision.Activations == ActivationForm.Static && activations.ContainsKey(node.Inputs[0]) && activations.ContainsKey(node.Outputs[0]);
            (float from, float to) = isStatic ? (activations[node.Inputs[0]].Scale, activations[node.Outputs[0]].Scale) : (0, 0);
            if (WeightQuantizer.Quantize(node, from, to, precision.Weights) is { } quantized) weights.Add(node, quantized);
        }
        return weights;
    }
}
