using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// Removes dropout that was left in a graph but keeps everything. TensorFlow 1 multiplies by floor(keep + u), TensorFlow 2 by
/// u >= rate, with u random in [0, 1): where the range of such an expression holds one result only, it is a constant.
/// </summary>
internal static class DropoutRemoval
{
    public static ModelGraph Run(ModelGraph graph)
    {
        // [Low, High) of every value computed from random numbers.
        Dictionary<Value, (double Low, double High)> ranges = [];
        return GraphRewriter.Run(graph, (node, inputs, _) =>
        {
            if (node.Operation is Comparison comparison && ranges.TryGetValue(node.Inputs[0], out (double Low, double High) compared)
                && ConstantOperand.Scalar(inputs[1]) is { } threshold && Always(comparison.Function, compared, threshold) is { } result)
                return Constant(node.Output, result);
            if (Range(node, inputs, ranges) is not { } range) return null;
            if (node.Operation is Unary { Function: UnaryKind.Floor } && Math.Floor(range.Low) is var whole && range.High <= whole + 1)
                return Constant(node.Output, (float)whole);
            ranges[node.Output] = range;
            return null;
        });
    }

    private static (double Low, double High)? Range(Node node, IReadOnlyList<Value> inputs, Dictionary<Value, (double Low, double High)> ranges)
    {
        if (node.Operation is RandomUniform) return (0, 1);
        (double Low, double High) x;
        if (node.Operation is Unary { Function: UnaryKind.Floor } && ranges.TryGetValue(node.Inputs[0], out x)) return x;
        if (node.Operation is not Binary binary) return null;
        (int random, int constant) = ranges.ContainsKey(node.Inputs[0]) ? (0, 1) : (1, 0);
        if (!ranges.TryGetValue(node.Inputs[random], out x) || ConstantOperand.Scalar(inputs[constant]) is not { } number) return null;
        return binary.Function switch
        {
            BinaryKind.Add => (x.Low + number, x.High + number),
            BinaryKind.Subtract when random == 0 => (x.Low - number, x.High - number),
            BinaryKind.Multiply when number > 0 => (x.Low * number, x.High * number),
            _ => null,
        };
    }

    /// <summary>What the comparison of any number of [Low, High) gives, if it is always the same.</summary>
    private static bool? Always(ComparisonKind function, (double Low, double High) range, float threshold) => function switch
    {
        ComparisonKind.GreaterEqual => range.Low >= threshold ? true : range.High <= threshold ? false : null,
        ComparisonKind.Less => range.High <= threshold ? true : range.Low >= threshold ? false : null,
        ComparisonKind.Greater => range.Low > threshold ? true : range.High <= threshold ? false : null,
        ComparisonKind.LessEqual => range.High <= threshold ? true : range.Low > threshold ? false : null,
        _ => null,
    };

    private static IReadOnlyList<Value>? Constant(Value value, float number) => value.Type == DataType.Float32 ? Constant(value, value.Type, new[] { number }) : null;

    private static IReadOnlyList<Value>? Constant(Value value, bool result) => Constant(value, value.Type, new[] { result });

    private static IReadOnlyList<Value>? Constant(Value value, DataType type, Array one)
    {
        if (!value.Shape.IsStatic || value.Shape.Count == 0) return null;
        // One element broadcasts like all of them, beside the activation it is used with.
        int[] ones = [.. Enumerable.Repeat(1, value.Shape.Rank)];
        return [Value.Of(value.Name, new Tensor(type, Shape.Of(ones), one))];
    }
}
