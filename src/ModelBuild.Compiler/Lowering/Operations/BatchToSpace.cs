using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using BatchToSpace = ModelBuild.Compiler.Graph.Operations.BatchToSpace;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="BatchToSpace"/>.</summary>
internal static class BatchToSpaceLowering
{
    public static void Lower(LoweringContext context, Node node, BatchToSpace move)
    {
        int[] block = LoweringContext.Integers(node, 1, "the sizes of blocks");
        int[] crops = LoweringContext.Integers(node, 2, "the crops");
        string kind = Kinds.Of(nameof(BatchToSpace<>), node.Output.Type);
        string remarks = $"blocks of {string.Join(" x ", block)} moved out of the batch";
        FlatLayers.Map(context, node, kind, remarks, ("block", block), ("crops", crops));
    }
}
