using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Tile = ModelBuild.Compiler.Graph.Operations.Tile;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Tile"/>.</summary>
internal static class TileLowering
{
    public static void Lower(LoweringContext context, Node node, Tile tile)
    {
        int[] multiples = LoweringContext.Integers(node, 1, "the multiples");
        if (multiples.All(multiple => multiple == 1))
        {
            context.SetFlat(node.Output, context.Flat(node.Inputs[0]));
            return;
        }
        string remarks = $"repeated [{string.Join(", ", multiples)}] times";
        FlatLayers.Map(context, node, Kinds.Of(nameof(Tile<>), node.Output.Type), remarks, ("multiples", multiples));
    }
}
