using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// Removes what does nothing: x * 1, x / 1, x + 0, x - 0, selections whose condition is constant, reshapes to the same shape or
/// of another reshape, empty paddings.
/// </summary>
internal static class Simplification
{
    public static ModelGraph Run(ModelGraph graph) => GraphRewriter.Run(graph, (node, inputs, rewriter) => node.Operation switch
    {
        Binary { Clamp.IsActive: false } binary => Neutral(binary, node, inputs),
        Select { Rows: false } when Choice(inputs[0]) is { } choice && ConstantOperand.KeepsShape(inputs[choice ? 1 : 2], node.Output) => [inputs[choice ? 1 : 2]],
        Reshape when ConstantOperand.KeepsShape(inputs[0], node.Output) => [inputs[0]],
        Reshape when rewriter.Producer(inputs[0]) is { Operation: Reshape } inner && inputs[1].Constant is not null && node.Output.Shape.IsStatic =>
            [rewriter.Add(node.Name, node.Operation, inner.Inputs[0], ShapeOf(node))],
        Pad when Inference.Integers(inputs[1]) is { } paddings && paddings.All(pixels => pixels == 0) => [inputs[0]],
        _ => null,
    });

    /// <summary>What a constant condition says, if it says the same everywhere.</summary>
    private static bool? Choice(Value condition) =>
        condition is { Type: DataType.Bool, Constant: { Count: > 0 } constant } && !constant.Elements<bool>().ContainsAnyExcept(constant.Elements<bool>()[0])
            ? constant.Elements<bool>()[0] : null;

    private static IReadOnlyList<Value>? Neutral(Binary binary, Node node, IReadOnlyList<Value> inputs)
    {
        (Value a, Value b) = (inputs[0], inputs[1]);
        bool right = binary.Function switch
        {
            BinaryKind.Add or BinaryKind.Subtract => ConstantOperand.IsAll(b, 0),
            BinaryKind.Multiply or BinaryKind.Divide => ConstantOperand.IsAll(b, 1),
            _ => false,
        };
        if (right && ConstantOperand.KeepsShape(a, node.Output)) return [a];
        bool left = binary.Function switch
        {
            BinaryKind.Add => ConstantOperand.IsAll(a, 0),
            BinaryKind.Multiply => ConstantOperand.IsAll(a, 1),
            _ => false,
        };
        return left && ConstantOperand.KeepsShape(b, node.Output) ? [b] : null;
    }

    private static Value ShapeOf(Node node) =>
        GraphBuilder.Constant($"{node.Name}/shape", Tensor.Of(Shape.Of(node.Output.Shape.Rank), node.Output.Shape.ToArray()));
}
