using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using ScatterNd = ModelBuild.Compiler.Graph.Operations.ScatterNd;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="ScatterNd"/>; truth values are counted, so that one true update makes an element true.</summary>
internal static class ScatterNdLowering
{
    public static void Lower(LoweringContext context, Node node, ScatterNd scatter)
    {
        FlatDraft indices = context.Flat(node.Inputs[0]), updates = context.Flat(node.Inputs[1]), output = context.NewFlat(node.Output);
        if (output.Type != DataType.Bool)
        {
            Add(context, node, indices, updates, output);
            return;
        }
        FlatDraft numbers = context.NewFlat($"{node.Name}/numbers", DataType.Int32, updates.Shape);
        FlatDraft counts = context.NewFlat($"{node.Name}/counts", DataType.Int32, output.Shape);
        context.Add(WideningLowering.CastLayer(updates, numbers));
        Add(context, node, indices, numbers, counts);
        context.Add(WideningLowering.CastLayer(counts, output));
    }

    private static void Add(LoweringContext context, Node node, FlatDraft indices, FlatDraft updates, FlatDraft output) =>
        context.Add(new LayerDraft(Kinds.Number(nameof(ScatterNd<,>), output.Type, indices.Type), node.Name, "slices added by coordinates")
        {
            Arguments = [("indices", indices), ("updates", updates), ("output", output)],
        });
}
