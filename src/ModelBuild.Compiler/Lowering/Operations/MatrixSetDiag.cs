using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using MatrixSetDiag = ModelBuild.Compiler.Graph.Operations.MatrixSetDiag;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="MatrixSetDiag"/>.</summary>
internal static class MatrixSetDiagLowering
{
    public static void Lower(LoweringContext context, Node node, MatrixSetDiag set)
    {
        string kind = Kinds.Of(nameof(MatrixSetDiag<>), node.Output.Type);
        (string, object)[] diagonals = DiagonalArguments.Of(node, 2, set.Alignment);
        FlatLayers.Add(context, node, kind, "diagonals of matrices replaced", ["input", "elements"], diagonals);
    }
}
