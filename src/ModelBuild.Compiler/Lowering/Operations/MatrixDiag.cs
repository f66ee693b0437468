using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using MatrixDiag = ModelBuild.Compiler.Graph.Operations.MatrixDiag;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="MatrixDiag"/>.</summary>
internal static class MatrixDiagLowering
{
    public static void Lower(LoweringContext context, Node node, MatrixDiag diag)
    {
        FlatDraft elements = context.Flat(node.Inputs[0]), padding = context.Flat(node.Inputs[4]), output = context.NewFlat(node.Output);
        context.Add(new LayerDraft(Kinds.Of(nameof(MatrixDiag<>), output.Type), node.Name, "matrices of diagonals")
        {
            Arguments =
            [
                ("elements", elements), ("padding", padding), ("output", output), .. DiagonalArguments.Of(node, 1, diag.Alignment),
            ],
        });
    }
}
