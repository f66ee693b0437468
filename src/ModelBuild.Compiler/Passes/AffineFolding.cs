using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// Folds a factor or an addend a channel behind a layer with weights into its weights and bias: biases, batch normalisation
/// (fused ones have been decomposed), scalings.
/// </summary>
internal static class AffineFolding
{
    public static ModelGraph Run(ModelGraph graph) => GraphRewriter.Run(graph, (node, inputs, rewriter) =>
    {
        if (node.Operation is not Binary binary || node.Output.Type != DataType.Float32) return null;
        return Fold(node, inputs, binary, 0, 1, rewriter) ?? Fold(node, inputs, binary, 1, 0, rewriter);
    });

    private static IReadOnlyList<Value>? Fold(Node node, IReadOnlyList<Value> inputs, Binary binary, int layer, int constant, GraphRewriter rewriter)
    {
        if (!WeightedLayer.Is(rewriter.Producer(inputs[layer])?.Operation) || !rewriter.IsReadOnce(node.Inputs[layer])) return null;
        Node producer = rewriter.Producer(inputs[layer])!;
        if (WeightedLayer.ClampOf(producer.Operation).IsActive || producer.Inputs[1].Constant is null || (producer.Inputs.Length > 2 && producer.Inputs[2].Constant is null)) return null;
        if (!ConstantOperand.KeepsShape(inputs[layer], node.Output) || ConstantOperand.PerChannel(inputs[constant], inputs[layer]) is not { } numbers) return null;
        (float[] factor, float[] addend)? affine = binary.Function switch
        {
            BinaryKind.Multiply => (numbers, Same(numbers, 0)),
            BinaryKind.Divide when layer == 0 && !numbers.Contains(0) => (Array.ConvertAll(numbers, x => 1 / x), Same(numbers, 0)),
            BinaryKind.Add => (Same(numbers, 1), numbers),
            BinaryKind.Subtract when layer == 0 => (Same(numbers, 1), Array.ConvertAll(numbers, x => -x)),
            BinaryKind.Subtract => (Same(numbers, -1), numbers),
            _ => null,
        };
        return affine is { } both ? [WeightedLayer.Scale(node.Name, producer, both.factor, both.addend, binary.Clamp, rewriter)] : null;
    }

    private static float[] Same(float[] like, float value) => [.. Enumerable.Repeat(value, like.Length)];
}
