using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Quantization;

/// <summary>How a float value is stored in a byte: real = Scale * (q - ZeroPoint - Offset).</summary>
/// <param name="Scale">Positive.</param>
/// <param name="ZeroPoint">The byte that stands for 0.</param>
/// <param name="Offset">In steps, at most half a one: not 0 only for inputs whose readers make up for it in their biases.</param>
internal readonly record struct ActivationQuantization(float Scale, int ZeroPoint, float Offset = 0)
{
    /// <summary>The byte for a real limit, rounded to even and kept within 0..255; infinity gives the end.</summary>
    public int Quantize(float value) => (int)Math.Clamp(Math.Round(value / (double)Scale + Offset) + ZeroPoint, 0, byte.MaxValue);
}

/// <summary>
/// Weights of a convolution or fully connected layer as signed bytes, symmetric, a scale an output channel: real = Scales[o] * q.
/// The order is the kernels': [out][kh][kw][c/groups], depthwise [c*multiplier][kh][kw], fully connected [out][in].
/// </summary>
/// <param name="Values">-127..127.</param>
/// <param name="Shape">Their dimensions, output channels first.</param>
/// <param name="Scales">One an output channel, positive.</param>
/// <param name="Bias">In real units, instead of the node's own; null to keep that.</param>
internal sealed record QuantizedWeights(sbyte[] Values, int[] Shape, float[] Scales, float[]? Bias = null)
{
    /// <summary>What <see cref="Values"/> may be.</summary>
    public LevelSet Levels { get; init; } = LevelSet.Int8;

    /// <summary>How the input becomes signs; null where it does not.</summary>
    public SignInput? Signs { get; init; }
}

/// <summary>
/// A graph with what quantisation decided. Where <see cref="Precisions"/> says Static, a node of <see cref="Weights"/> runs in int8 if its
/// input and output are in <see cref="Activations"/>, else with the input's range found in the call (dynamic), and any other node runs in
/// int8 if its float inputs and outputs are in <see cref="Activations"/> and a kernel for it exists, else in float.
/// </summary>
/// <param name="Graph">The optimised graph.</param>
/// <param name="Weights">Weights by node.</param>
/// <param name="Activations">Scale and zero point of values that are stored as bytes; empty without calibration.</param>
internal sealed record QuantizedGraph(
    ModelGraph Graph, IReadOnlyDictionary<Node, QuantizedWeights> Weights, IReadOnlyDictionary<Value, ActivationQuantization> Activations)
{
    /// <summary>What was done to recover accuracy, in the order in which it was done.</summary>
    public IReadOnlyList<RecoveryStage> Recovery { get; init; } = [];

    /// <summary>The precision of each node.</summary>
    public PrecisionPlan Precisions { get; init; } = PrecisionPlan.All(LayerPrecision.Int8);

    /// <summary>Real number for a step of values that are stored as 16-bit integers, whose zero is 0.</summary>
    public IReadOnlyDictionary<Value, float> Int16Scales { get; init; } = new Dictionary<Value, float>();

    /// <summary>The graph in float32 throughout.</summary>
    public static QuantizedGraph Float(ModelGraph graph) => Float(graph, PrecisionPlan.All(LayerPrecision.None));

    /// <summary>The graph in float32, its weights as they are or in halves.</summary>
    public static QuantizedGraph Float(ModelGraph graph, PrecisionPlan precisions) =>
        new(graph, new Dictionary<Node, QuantizedWeights>(), new Dictionary<Value, ActivationQuantization>()) { Precisions = precisions };
}
