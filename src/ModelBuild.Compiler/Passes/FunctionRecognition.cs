using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// Finds functions that TensorFlow writes as several operations: swish (x * sigmoid(x)), hard sigmoid (relu6(x + 3) / 6) and hard
/// swish (x times that), so that each is one table or one vector loop.
/// </summary>
internal static class FunctionRecognition
{
    private const float Sixth = 1f / 6;

    public static ModelGraph Run(ModelGraph graph) => GraphRewriter.Run(graph, (node, inputs, rewriter) =>
    {
        if (node.Operation is not Binary { Clamp.IsActive: false } binary || node.Output.Type != DataType.Float32) return null;
        if (HardSigmoidOf(binary.Function, node, inputs, rewriter) is { } hard) return [rewriter.Add(node.Name, new Unary(UnaryKind.HardSigmoid), hard)];
        if (binary.Function != BinaryKind.Multiply) return null;
        return Gated(node, inputs, 0, 1, rewriter) ?? Gated(node, inputs, 1, 0, rewriter);
    });

    /// <summary>x * gate(x).</summary>
    private static IReadOnlyList<Value>? Gated(Node node, IReadOnlyList<Value> inputs, int x, int gate, GraphRewriter rewriter)
    {
        if (rewriter.Producer(inputs[gate]) is not { Operation: Unary function } producer || producer.Inputs[0] != inputs[x]) return null;
        UnaryKind? whole = function.Function switch
        {
            UnaryKind.Sigmoid => UnaryKind.Swish,
            UnaryKind.HardSigmoid => UnaryKind.HardSwish,
            _ => null,
        };
        return whole is { } kind ? [rewriter.Add(node.Name, new Unary(kind), inputs[x])] : null;
    }

    /// <summary>The x of relu6(x + 3) * (1 / 6) or relu6(x + 3) / 6.</summary>
    private static Value? HardSigmoidOf(BinaryKind function, Node node, IReadOnlyList<Value> inputs, GraphRewriter rewriter)
    {
        (int inner, float scalar) = ConstantOperand.Scalar(inputs[1]) is { } right ? (0, right) : ConstantOperand.Scalar(inputs[0]) is { } left ? (1, left) : (-1, 0);
        bool isSixth = (function == BinaryKind.Multiply && Math.Abs(scalar - Sixth) < 1e-6f) || (function == BinaryKind.Divide && inner == 0 && scalar == 6);
        if (inner < 0 || !isSixth || !rewriter.IsReadOnce(node.Inputs[inner])) return null;
        if (rewriter.Producer(inputs[inner]) is not { Operation: Unary { Function: UnaryKind.Relu6 } } relu6) return null;
        if (rewriter.Producer(relu6.Inputs[0]) is not { Operation: Binary { Function: BinaryKind.Add } } add) return null;
        if (ConstantOperand.Scalar(add.Inputs[1]) == 3) return add.Inputs[0];
        return ConstantOperand.Scalar(add.Inputs[0]) == 3 ? add.Inputs[1] : null;
    }
}
