using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using DepthToSpace = ModelBuild.Compiler.Graph.Operations.DepthToSpace;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="DepthToSpace"/>.</summary>
internal static class DepthToSpaceLowering
{
    public static void Lower(LoweringContext context, Node node, DepthToSpace move)
    {
        string kind = Kinds.Of(nameof(DepthToSpace<>), node.Output.Type);
        string remarks = $"channels to blocks of {move.BlockSize} x {move.BlockSize} pixels";
        FlatLayers.Map(context, node, kind, remarks, ("blockSize", move.BlockSize), ("channelsFirst", false));
    }
}
