using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using SpaceToBatch = ModelBuild.Compiler.Graph.Operations.SpaceToBatch;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="SpaceToBatch"/>.</summary>
internal static class SpaceToBatchLowering
{
    public static void Lower(LoweringContext context, Node node, SpaceToBatch move)
    {
        int[] block = LoweringContext.Integers(node, 1, "the sizes of blocks");
        int[] paddings = LoweringContext.Integers(node, 2, "the paddings");
        string kind = Kinds.Of(nameof(SpaceToBatch<>), node.Output.Type);
        string remarks = $"blocks of {string.Join(" x ", block)} moved into the batch";
        FlatLayers.Map(context, node, kind, remarks, ("block", block), ("paddings", paddings));
    }
}
