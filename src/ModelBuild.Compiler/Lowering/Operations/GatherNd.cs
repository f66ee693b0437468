using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using GatherNd = ModelBuild.Compiler.Graph.Operations.GatherNd;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="GatherNd"/>.</summary>
internal static class GatherNdLowering
{
    public static void Lower(LoweringContext context, Node node, GatherNd gather)
    {
        string kind = Kinds.Of(nameof(GatherNd<,>), node.Output.Type, node.Inputs[1].Type);
        FlatLayers.Add(context, node, kind, "slices by coordinates", ["input", "indices"], ("batchDimensions", 0));
    }
}
