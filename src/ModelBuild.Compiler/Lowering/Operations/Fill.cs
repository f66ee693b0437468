using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Fill = ModelBuild.Compiler.Graph.Operations.Fill;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Fill"/>.</summary>
internal static class FillLowering
{
    public static void Lower(LoweringContext context, Node node, Fill fill) =>
        context.Add(new LayerDraft(Kinds.Of(nameof(Fill<>), node.Output.Type), node.Name, "filled with one value")
        {
            Arguments = [("value", context.Flat(node.Inputs[1])), ("output", context.NewFlat(node.Output))],
        });
}
