using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using SpaceToDepth = ModelBuild.Compiler.Graph.Operations.SpaceToDepth;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="SpaceToDepth"/>.</summary>
internal static class SpaceToDepthLowering
{
    public static void Lower(LoweringContext context, Node node, SpaceToDepth move)
    {
        string kind = Kinds.Of(nameof(SpaceToDepth<>), node.Output.Type);
        string remarks = $"blocks of {move.BlockSize} x {move.BlockSize} pixels to channels";
        FlatLayers.Map(context, node, kind, remarks, ("blockSize", move.BlockSize), ("channelsFirst", false));
    }
}
