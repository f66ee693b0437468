using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference.Operations;

namespace ModelBuild.Compiler.Passes;

/// <summary>Writes a batch normalisation with constant statistics as a factor and an addend a channel, like unfused ones come.</summary>
internal static class BatchNormDecomposition
{
    public static ModelGraph Run(ModelGraph graph) => GraphRewriter.Run(graph, (node, inputs, rewriter) =>
    {
        if (node.Operation is not BatchNorm norm || inputs[0].Type != DataType.Float32 || inputs.Skip(1).Any(input => input.Constant is null)) return null;
        (float[] factor, float[] addend) = BatchNormReference.Affine(norm, inputs[1].Constant!, inputs[2].Constant!, inputs[3].Constant!, inputs[4].Constant!);
        Value scaled = rewriter.Add($"{node.Name}/scaled", new Binary(BinaryKind.Multiply), inputs[0], Vector($"{node.Name}/factor", factor));
        return [rewriter.Add(node.Name, new Binary(BinaryKind.Add), scaled, Vector($"{node.Name}/addend", addend))];
    });

    private static Value Vector(string name, float[] values) => GraphBuilder.Constant(name, Tensor.Of(Shape.Of(values.Length), values));
}
