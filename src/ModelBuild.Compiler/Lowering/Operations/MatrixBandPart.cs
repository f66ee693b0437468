using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using MatrixBandPart = ModelBuild.Compiler.Graph.Operations.MatrixBandPart;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="MatrixBandPart"/>.</summary>
internal static class MatrixBandPartLowering
{
    public static void Lower(LoweringContext context, Node node, MatrixBandPart band)
    {
        int lower = LoweringContext.Integer(node, 1, "the diagonals below");
        int upper = LoweringContext.Integer(node, 2, "the diagonals above");
        string kind = Kinds.Of(nameof(MatrixBandPart<>), node.Output.Type);
        FlatLayers.Map(context, node, kind, "band of matrices", ("lower", lower), ("upper", upper));
    }
}
