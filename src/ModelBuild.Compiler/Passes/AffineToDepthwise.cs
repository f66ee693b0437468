using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// Writes what is left of factors and addends a channel over images as a depthwise convolution of 1x1: batch normalisation in
/// front of a convolution or behind an addition, normalised input. So it has a quantised kernel, and fuses with the activation.
/// </summary>
internal static class AffineToDepthwise
{
    public static ModelGraph Run(ModelGraph graph) => AffineFolding.Run(GraphRewriter.Run(graph, (node, inputs, rewriter) =>
    {
        if (node.Operation is not Binary { Function: BinaryKind.Multiply } binary || node.Output.Type != DataType.Float32) return null;
        int x = inputs[1].Constant is null ? 1 : 0;
        Value image = inputs[x];
        if (inputs[1 - x].Constant is null || image.Shape is not { HasRank: true, Rank: 4 } || !ConstantOperand.KeepsShape(image, node.Output)) return null;
        if (ConstantOperand.PerChannel(inputs[1 - x], image) is not { } factor) return null;
        Value weights = GraphBuilder.Constant($"{node.Name}/weights", Tensor.Of(Shape.Of(1, 1, factor.Length, 1), factor));
        return [rewriter.Add(node.Name, new DepthwiseConvolution((1, 1), (1, 1), Padding.Valid, binary.Clamp), image, weights)];
    }));
}
