using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Gather = ModelBuild.Compiler.Graph.Operations.Gather;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Gather"/>.</summary>
internal static class GatherLowering
{
    public static void Lower(LoweringContext context, Node node, Gather gather)
    {
        (int axis, int batchDimensions) = gather.Resolve(node.Inputs[0].Shape.Rank, node.Inputs[1].Shape.Rank);
        string kind = Kinds.Of(nameof(Gather<,>), node.Output.Type, node.Inputs[1].Type);
        FlatLayers.Add(
            context, node, kind, $"slices by index along axis {axis}", ["input", "indices"],
            ("axis", axis), ("batchDimensions", batchDimensions));
    }
}
