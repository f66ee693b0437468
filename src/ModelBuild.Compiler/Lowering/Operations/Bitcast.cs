using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Bitcast = ModelBuild.Compiler.Graph.Operations.Bitcast;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Bitcast"/>.</summary>
internal static class BitcastLowering
{
    public static void Lower(LoweringContext context, Node node, Bitcast cast) =>
        context.Add(new LayerDraft(Kinds.Of(nameof(Bitcast<,>), node.Inputs[0].Type, node.Output.Type), node.Name, $"bits as {PlanTypes.Name(node.Output.Type)}")
        {
            Arguments = [("input", context.Flat(node.Inputs[0])), ("output", context.NewFlat(node.Output))],
        });
}
