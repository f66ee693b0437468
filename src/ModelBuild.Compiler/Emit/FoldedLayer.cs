using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Import.Formats;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Emit;

/// <summary>A layer with constant weights, and the nodes after it that multiply its channels or add to them.</summary>
internal sealed class FoldedLayer
{
    private const float DefaultEpsilon = 0.0001f; // of FusedBatchNorm

    private readonly NodeDef _layer;
    private readonly Tensor _weights;
    private readonly double[] _factor, _addend;
    private readonly List<NodeDef> _chain = [];
    private readonly bool _channelsFirst;

    private FoldedLayer(NodeDef layer, Tensor weights, int channels)
    {
        (_layer, _weights) = (layer, weights);
        (_factor, _addend) = (new double[channels], new double[channels]);
        Array.Fill(_factor, 1);
        _channelsFirst = Format(layer) == "NCHW";
    }

    /// <summary>The nodes that disappear: the layer itself comes back under its name, and a bias under the last one's.</summary>
    public IEnumerable<NodeDef> Replaced => [_layer, .. _chain];

    /// <summary>What can be folded into a node, or null where it is no such layer or there is nothing.</summary>
    public static FoldedLayer? Of(NodeDef layer, NodeReaders readers)
    {
        if (WeightAxes.Of(layer.Op) is not { } axes || Constant(readers, layer, 1) is not { Type: DataType.Float32 } weights) return null;
        // Shared weights would be there several times.
        if (readers.Of(NodeInput.Parse(layer.Input[1]).Node).Count > 1 || axes.Channels(layer, weights.Shape) is not { } channels)
            return null;
        FoldedLayer folded = new(layer, weights, channels);
        NodeDef last = layer;
        while (readers.Only(last) is { } next && folded.TryFold(next.Reader, next.Input, readers))
        {
            folded._chain.Add(next.Reader);
            last = next.Reader;
        }
        return folded._chain is [] or [{ Op: "BiasAdd" }] ? null : folded;
    }

    /// <summary>The layer with other weights, and a bias.</summary>
    public IEnumerable<NodeDef> Write()
    {
        float[] scaled = _weights.Elements<float>().ToArray();
        WeightAxes axes = WeightAxes.Of(_layer.Op)!;
        for (int i = 0; i < scaled.Length; i++) scaled[i] = (float)(scaled[i] * _factor[axes.Channel(_layer, _weights.Shape, i)]);
        NodeDef weights = GraphParts.Constant($"{_layer.Name}/folded_weights", TensorWriter.Write(Tensor.Of(_weights.Shape, scaled))!);
        float[] addend = [.. _addend.Select(value => (float)value)];
        NodeDef bias = GraphParts.Constant($"{_layer.Name}/folded_bias", TensorWriter.Write(Tensor.Of(Shape.Of(addend.Length), addend))!);
        NodeDef layer = _layer.Clone();
        layer.Input[1] = weights.Name;
        NodeDef sum = GraphParts.Node(_chain[^1].Name, "BiasAdd", [layer.Name, bias.Name],
            ("T", GraphParts.Type(DataType.Float32)), ("data_format", GraphParts.Text(_channelsFirst ? "NCHW" : "NHWC")));
        return [weights, bias, layer, sum];
    }

    private bool TryFold(NodeDef node, int input, NodeReaders readers)
    {
        switch (node.Op)
        {
            case "BiasAdd" when input == 0 && Format(node) == Format(_layer, "NHWC"):
                return PerChannel(Constant(readers, node, 1), exact: true) is { } bias && Add(bias, 1);
            case "FusedBatchNorm" or "FusedBatchNormV2" or "FusedBatchNormV3" when input == 0 && Format(node) == Format(_layer, "NHWC"):
                return Normalize(node, readers);
            case "AddV2" or "Add" when !_channelsFirst:
                return PerChannel(Constant(readers, node, 1 - input)) is { } addend && Add(addend, 1);
            case "Sub" when !_channelsFirst:
                if (PerChannel(Constant(readers, node, 1 - input)) is not { } other) return false;
                if (input == 0) return Add(other, -1);
                return Multiply(channel => -1) && Add(other, 1);
            case "Mul" when !_channelsFirst:
                return PerChannel(Constant(readers, node, 1 - input)) is { } factor && Multiply(factor);
            default:
                return false;
        }
    }

    private bool Normalize(NodeDef node, NodeReaders readers)
    {
        // The attribute's default is training.
        if (!node.Attr.TryGetValue("is_training", out AttrValue? training) || training.B) return false;
        Func<int, double>?[] parts = [.. Enumerable.Range(1, 4).Select(i => PerChannel(Constant(readers, node, i), exact: true))];
        if (parts is not [{ } gamma, { } beta, { } mean, { } variance]) return false;
        double epsilon = node.Attr.TryGetValue("epsilon", out AttrValue? given) ? given.F : DefaultEpsilon;
        double Scale(int channel) => gamma(channel) / Math.Sqrt(variance(channel) + epsilon);
        return Multiply(Scale) && Add(channel => beta(channel) - mean(channel) * Scale(channel), 1);
    }

    private bool Multiply(Func<int, double> factor)
    {
        for (int channel = 0; channel < _factor.Length; channel++)
        {
            _factor[channel] *= factor(channel);
            _addend[channel] *= factor(channel);
        }
        return true;
    }

    private bool Add(Func<int, double> addend, int sign)
    {
        for (int channel = 0; channel < _addend.Length; channel++) _addend[channel] += sign * addend(channel);
        return true;
    }

    /// <summary>A constant as a number a channel: a single one, or as many along the last dimension.</summary>
    private Func<int, double>? PerChannel(Tensor? constant, bool exact = false)
    {
        if (constant is not { Type: DataType.Float32 }) return null;
        float[] values = constant.Elements<float>().ToArray();
        int rank = _layer.Op == "MatMul" ? 2 : 4;
        if (!exact && values.Length == 1 && constant.Shape.Rank <= rank) return _ => values[0];
        bool fits = values.Length == _factor.Length && constant.Shape.Rank >= 1 && constant.Shape.Rank <= rank
            && constant.Shape[-1] == values.Length;
        return fits ? channel => values[channel] : null;
    }

    private static Tensor? Constant(NodeReaders readers, NodeDef node, int input) =>
        readers.Source(node, input) is { Op: "Const" } constant ? TensorReader.Read(new Attributes(constant).Tensor("value")) : null;

    private static string Format(NodeDef node, string fallback = "NHWC") =>
        node.Attr.TryGetValue("data_format", out AttrValue? format) && format.S.Length > 0 ? format.S.ToStringUtf8() : fallback;
}
