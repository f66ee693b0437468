using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Quantization;

/// <summary>From the range of a value to its scale and zero point: asymmetric u8, one pair a tensor, zero exactly represented.</summary>
internal static class ActivationQuantizer
{
    private const float Levels = byte.MaxValue;

    // Below this a scale has no float inverse.
    private const float LeastScale = 1e-30f;

    /// <summary>Scale and zero point for every value that may be stored in bytes.</summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="ranges">Ranges of its float values.</param>
    public static IReadOnlyDictionary<Value, ActivationQuantization> Quantize(ModelGraph graph, IReadOnlyDictionary<Value, ValueRange> ranges)
    {
        Dictionary<Value, ActivationQuantization> result = [];
        foreach (Value input in graph.Inputs) Add(input, result, ranges);
        foreach (Node node in graph.Nodes)
        {
            if (node.Operation is Softmax) continue;
            bool keeps = KeepsQuantization(node.Operation) & result.TryGetValue(node.Inputs[0], out ActivationQuantization same);
            foreach (Value output in node.Outputs)
            {
                if (keeps && IsImage(output)) result[output] = same;
                else Add(output, result, ranges);
            }
        }
        return result;
    }

    /// <summary>Scale and zero point of a range.</summary>
    public static ActivationQuantization Of(ValueRange range)
    {
        float minimum = Math.Min(range.Minimum, 0), maximum = Math.Max(range.Maximum, 0);
        float scale = maximum / Levels - minimum / Levels;
        if (scale < LeastScale) return new ActivationQuantization(1 / Levels, 0);
        return new ActivationQuantization(scale, (int)Math.Clamp(MathF.Round(-minimum / scale), 0, Levels));
    }

    /// <summary>The output holds elements of the input, as they are.</summary>
    private static bool KeepsQuantization(Operation operation) =>
        operation is Reshape or Slice or Split or StridedSlice or Pool { Kind: PoolKind.Max };

    private static void Add(Value value, Dictionary<Value, ActivationQuantization> result, IReadOnlyDictionary<Value, ValueRange> ranges)
    {
        if (IsImage(value) && ranges.TryGetValue(value, out ValueRange range) && range.Minimum <= range.Maximum) result[value] = Of(range);
    }

    /// <summary>One image or one vector of floats: what int8 kernels take.</summary>
    private static bool IsImage(Value value) =>
        value is { Type: DataType.Float32, Shape.IsStatic: true } && value.Shape.Rank is 2 or 4 && value.Shape[0] == 1 && value.Shape.Count > 0;
}
