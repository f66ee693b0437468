using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference.Operations;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Pool3D"/>.</summary>
internal static class Pool3DLowering
{
    public static void Lower(LoweringContext context, Node node, Pool3D pool) =>
        SpatialLayers.Pool(context, node, SpatialWindow.Of(pool), pool.Kind);
}
