using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using TopK = ModelBuild.Compiler.Graph.Operations.TopK;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="TopK"/>.</summary>
internal static class TopKLowering
{
    public static void Lower(LoweringContext context, Node node, TopK topK)
    {
        FlatDraft input = context.Flat(node.Inputs[0]);
        FlatDraft values = context.NewFlat(node.Outputs[0]), indices = context.NewFlat(node.Outputs[1]);
        string kind = Kinds.Number(nameof(TopK<,>), input.Type, topK.IndexType);
        context.Add(new LayerDraft(kind, node.Name, $"the {values.Shape[^1]} greatest of each row")
        {
            Arguments = [("input", input), ("output", values), ("indices", indices)],
        });
    }
}
