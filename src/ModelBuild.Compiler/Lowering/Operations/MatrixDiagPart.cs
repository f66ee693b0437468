using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using MatrixDiagPart = ModelBuild.Compiler.Graph.Operations.MatrixDiagPart;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="MatrixDiagPart"/>.</summary>
internal static class MatrixDiagPartLowering
{
    public static void Lower(LoweringContext context, Node node, MatrixDiagPart part)
    {
        FlatDraft input = context.Flat(node.Inputs[0]), padding = context.Flat(node.Inputs[2]), output = context.NewFlat(node.Output);
        context.Add(new LayerDraft(Kinds.Of(nameof(MatrixDiagPart<>), output.Type), node.Name, "diagonals of matrices")
        {
            Arguments =
            [
                ("input", input), ("padding", padding), ("output", output), .. DiagonalArguments.Of(node, 1, part.Alignment),
            ],
        });
    }
}
