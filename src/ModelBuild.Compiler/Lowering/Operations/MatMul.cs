using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using MatMul = ModelBuild.Compiler.Graph.Operations.MatMul;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="MatMul"/>.</summary>
internal static class MatMulLowering
{
    public static void Lower(LoweringContext context, Node node, MatMul product)
    {
        FlatDraft left = context.Flat(node.Inputs[0]), right = context.Flat(node.Inputs[1]), output = context.NewFlat(node.Output);
        context.Add(new LayerDraft(Kinds.Numeric(output.Type, nameof(MatMul<>), nameof(MatMul<>)), node.Name, "matrix product")
        {
            Arguments =
            [
                ("left", left), ("right", right), ("output", output),
                ("transposeLeft", product.TransposeA), ("transposeRight", product.TransposeB),
            ],
            MultiplyAdds = (long)output.Length * left.Shape[^(product.TransposeA ? 2 : 1)],
        });
    }
}
