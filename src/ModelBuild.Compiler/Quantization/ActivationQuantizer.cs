using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Passes;

namespace ModelBuild.Compiler.Quantization;

/// <summary>From the range of a value to its scale and zero point: asymmetric u8, one pair a tensor, zero exactly represented.</summary>
internal static class ActivationQuantizer
{
    private const float Levels = byte.MaxValue;

    // The zero point is the nearest byte.
    private const float MostOffset = 0.5f;

    // Below this a scale has no float inverse.
    private const float LeastScale = 1e-30f;

    /// <summary>Scale and zero point for every value that may be stored in bytes and that a node in int8 reads or writes.</summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="precisions">The precision of each node.</param>
    /// <param name="ranges">Ranges of its float values.</param>
    public static IReadOnlyDictionary<Value, ActivationQuantization> Quantize(
        ModelGraph graph, PrecisionPlan precisions, IReadOnlyDictionary<Value, ValueRange> ranges)
    {
        HashSet<Value> stored = Touched(graph, node => precisions[node].Activations == ActivationForm.Static);
        return Quantize(graph, ranges).Where(entry => stored.Contains(entry.Key)).ToDictionary();
    }

    /// <summary>Scales of 16-bit integers, symmetric (TensorFlow Lite's 16x8 specification), of every value that a node in int16 reads or writes.</summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="precisions">The precision of each node.</param>
    /// <param name="ranges">Ranges of its float values.</param>
    public static IReadOnlyDictionary<Value, float> Int16Scales(
        ModelGraph graph, PrecisionPlan precisions, IReadOnlyDictionary<Value, ValueRange> ranges)
    {
        HashSet<Value> stored = Touched(graph, node => precisions[node].Activations == ActivationForm.Int16);
        return ranges.Where(entry => stored.Contains(entry.Key) && entry.Key.Shape.IsStatic && entry.Value.Minimum <= entry.Value.Maximum)
            .ToDictionary(entry => entry.Key, entry => Int16Scale(entry.Value));
    }

    /// <summary>Scale and zero point for every value that may be stored in bytes.</summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="ranges">Ranges of its float values.</param>
    public static IReadOnlyDictionary<Value, ActivationQuantization> Quantize(ModelGraph graph, IReadOnlyDictionary<Value, ValueRange> ranges)
    {
        Dictionary<Value, ActivationQuantization> result = [];
        foreach (Value input in graph.Inputs)
        {
            Add(input, result, ranges);
            if (result.TryGetValue(input, out ActivationQuantization exact) && OnlyConvolved(graph, input))
                result[input] = exact with { Offset = Math.Clamp(-ranges[input].Minimum / exact.Scale - exact.ZeroPoint, -MostOffset, MostOffset) };
        }
        foreach (Node node in graph.Nodes)
        {
            if (node.Operation is Softmax) continue;
            bool keeps = KeepsQuantization(node.Operation) & result.TryGetValue(node.Inputs[0], out ActivationQuantization same);
            foreach (Value output in node.Outputs)
            {
                if (keeps && IsStored(output)) result[output] = same;
                else Add(output, result, ranges);
            }
        }
        return result;
    }

    /// <summary>Scales of what a layer reads and writes; 0 for both where they are not stored in bytes.</summary>
    /// <param name="layer">A layer with weights.</param>
    /// <param name="precision">Its precision.</param>
    /// <param name="activations">How the graph's values are stored.</param>
    public static (float From, float To) Scales(Node layer, LayerPrecision precision, IReadOnlyDictionary<Value, ActivationQuantization> activations) =>
        precision.Activations == ActivationForm.Static && activations.TryGetValue(layer.Inputs[0], out ActivationQuantization from)
            && activations.TryGetValue(layer.Outputs[0], out ActivationQuantization to) ? (from.Scale, to.Scale) : (0, 0);

    /// <summary>Scale and zero point of a range.</summary>
    public static ActivationQuantization Of(ValueRange range)
    {
        float minimum = Math.Min(range.Minimum, 0), maximum = Math.Max(range.Maximum, 0);
        float scale = maximum / Levels - minimum / Levels;
        if (scale < LeastScale) return new ActivationQuantization(1 / Levels, 0);
        return new ActivationQuantization(scale, (int)Math.Clamp(MathF.Round(-minimum / scale), 0, Levels));
    }

    private static float Int16Scale(ValueRange range)
    {
        float scale = Math.Max(Math.Abs(range.Minimum), Math.Abs(range.Maximum)) / short.MaxValue;
        return scale < LeastScale ? 1f / short.MaxValue : scale;
    }

    private static HashSet<Value> Touched(ModelGraph graph, Func<Node, bool> condition) =>
        [.. graph.Nodes.Where(condition).SelectMany(node => node.Inputs.Concat(node.Outputs))];

    /// <summary>Nothing but weighted layers read it, whose biases can take an offset.</summary>
    private static bool OnlyConvolved(ModelGraph graph, Value input) =>
        !graph.Outputs.Contains(input)
        && graph.Nodes.Where(node => node.Inputs.Contains(input)).All(node => WeightedLayer.Is(node.Operation) && node.Inputs.Count(value => value == input) == 1 && node.Inputs[0] == input);

    /// <summary>The output holds elements of the input, as they are.</summary>
    private static bool KeepsQuantization(Operation operation) =>
        operation is Reshape or Slice or Split or StridedSlice or Pool { Kind: PoolKind.Max };

    private static void Add(Value value, Dictionary<Value, ActivationQuantization> result, IReadOnlyDictionary<Value, ValueRange> ranges)
    {
        if (IsStored(value) && ranges.TryGetValue(value, out ValueRange range) && range.Minimum <= range.Maximum) result[value] = Of(range);
    }

    /// <summary>One image or one vector of floats: what int8 kernels take.</summary>
    public static bool IsStored(Value value) =>
        value is { Type: DataType.Float32, Shape.IsStatic: true } && value.Shape.Rank is 2 or 4 && value.Shape[0] == 1 && value.Shape.Count > 0;
}
