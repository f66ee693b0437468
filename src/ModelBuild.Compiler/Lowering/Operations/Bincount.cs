using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Bincount = ModelBuild.Compiler.Graph.Operations.Bincount;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Bincount"/>.</summary>
internal static class BincountLowering
{
    public static void Lower(LoweringContext context, Node node, Bincount bincount)
    {
        FlatDraft input = context.Flat(node.Inputs[0]), weights = context.Flat(node.Inputs[2]), output = context.NewFlat(node.Output);
        string kind = Kinds.Number(nameof(Bincount<,>), weights.Type, input.Type);
        context.Add(new LayerDraft(kind, node.Name, bincount.Binary ? "which numbers occur" : "how often numbers occur")
        {
            Arguments = [("input", input), ("weights", weights), ("output", output), ("binary", bincount.Binary)],
        });
    }
}
