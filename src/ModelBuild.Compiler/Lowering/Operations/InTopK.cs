using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using InTopK = ModelBuild.Compiler.Graph.Operations.InTopK;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="InTopK"/>.</summary>
internal static class InTopKLowering
{
    public static void Lower(LoweringContext context, Node node, InTopK inTopK)
    {
        int k = LoweringContext.Integer(node, 2, "the number of classes");
        string kind = Kinds.Of(nameof(InTopK<>), node.Inputs[1].Type);
        FlatLayers.Add(context, node, kind, $"whether among the best {k}", ["predictions", "targets"], ("k", k));
    }
}
