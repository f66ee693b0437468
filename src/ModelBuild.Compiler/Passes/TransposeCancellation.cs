using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// Brings transposes together and cancels them. Layers with channels first are imported as channels last between two
/// transposes; element-wise functions are moved before a transpose, so that the ones around two layers meet.
/// </summary>
internal static class TransposeCancellation
{
    public static ModelGraph Run(ModelGraph graph) => GraphRewriter.Run(graph, (node, inputs, rewriter) => node.Operation switch
    {
        Transpose when Permutation(inputs[1]) is { } permutation => Merge(node, inputs, permutation, rewriter),
        Unary when Transposed(node, 0, inputs, rewriter) is { } inner => [Behind(node, inner, [inner.Inputs[0]], rewriter)],
        Binary => BinaryBehind(node, inputs, rewriter),
        _ => null,
    });

    private static IReadOnlyList<Value>? Merge(Node node, IReadOnlyList<Value> inputs, int[] permutation, GraphRewriter rewriter)
    {
        if (IsIdentity(permutation)) return [inputs[0]];
        if (rewriter.Producer(inputs[0]) is not { Operation: Transpose } inner || Permutation(inner.Inputs[1]) is not { } first) return null;
        int[] both = [.. permutation.Select(axis => first[axis])];
        if (IsIdentity(both)) return [inner.Inputs[0]];
        return [rewriter.Add(node.Name, new Transpose(), inner.Inputs[0], GraphBuilder.Constant($"{node.Name}/permutation", Tensor.Of(Shape.Of(both.Length), both)))];
    }

    /// <summary>Two operands transposed alike, or one and a scalar.</summary>
    private static IReadOnlyList<Value>? BinaryBehind(Node node, IReadOnlyList<Value> inputs, GraphRewriter rewriter)
    {
        Node? left = Transposed(node, 0, inputs, rewriter), right = Transposed(node, 1, inputs, rewriter);
        if (left is not null && right is not null && Permutation(left.Inputs[1])!.SequenceEqual(Permutation(right.Inputs[1])!))
            return [Behind(node, left, [left.Inputs[0], right.Inputs[0]], rewriter)];
        if (left is not null && inputs[1].Constant is { Count: 1 } && inputs[1].Shape.Rank <= inputs[0].Shape.Rank)
            return [Behind(node, left, [left.Inputs[0], inputs[1]], rewriter)];
        if (right is not null && inputs[0].Constant is { Count: 1 } && inputs[0].Shape.Rank <= inputs[1].Shape.Rank)
            return [Behind(node, right, [inputs[0], right.Inputs[0]], rewriter)];
        return null;
    }

    private static Value Behind(Node node, Node transpose, IReadOnlyList<Value> operands, GraphRewriter rewriter)
    {
        Value result = rewriter.Add($"{node.Name}/channels_last", node.Operation, operands);
        return rewriter.Add(node.Name, transpose.Operation, result, transpose.Inputs[1]);
    }

    private static Node? Transposed(Node node, int input, IReadOnlyList<Value> inputs, GraphRewriter rewriter) =>
        rewriter.OnlyProducer<Transpose>(node, input, inputs) is { } transpose && Permutation(transpose.Inputs[1]) is not null ? transpose : null;

    private static int[]? Permutation(Value value) => Inference.Integers(value) is { } axes ? [.. axes.Select(axis => axis < 0 ? axis + axes.Length : axis)] : null;

    private static bool IsIdentity(int[] permutation) => permutation.Select((axis, i) => axis == i).All(same => same);
}
