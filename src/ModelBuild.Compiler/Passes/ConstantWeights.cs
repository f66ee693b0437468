using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Passes;

/// <summary>Turns a matrix product whose right side is a constant matrix into a fully connected layer, which can be quantised and packed.</summary>
internal static class ConstantWeights
{
    public static ModelGraph Run(ModelGraph graph) => GraphRewriter.Run(graph, (node, inputs, rewriter) =>
    {
        if (node.Operation is not MatMul { TransposeA: false } product || inputs[0].Type != DataType.Float32) return null;
        if (inputs[1] is not { Constant: { } weights, Shape.Rank: 2 } || !inputs[0].Shape.HasRank || inputs[0].Constant is not null) return null;
        return [rewriter.Add(node.Name, new FullyConnected(Clamp.None), inputs[0], product.TransposeB ? Transposed(inputs[1].Name, weights) : inputs[1])];
    });

    private static Value Transposed(string name, Tensor weights)
    {
        (int rows, int columns) = (weights.Shape[0], weights.Shape[1]);
        float[] result = new float[weights.Count];
        Kernels.Transpose.Run<float>(weights.Elements<float>(), [rows, columns], [1, 0], result);
        return GraphBuilder.Constant(name, Tensor.Of(Shape.Of(columns, rows), result));
    }
}
