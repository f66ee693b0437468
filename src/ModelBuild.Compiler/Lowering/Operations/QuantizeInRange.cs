using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using QuantizeInRange = ModelBuild.Compiler.Graph.Operations.QuantizeInRange;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="QuantizeInRange"/>.</summary>
internal static class QuantizeInRangeLowering
{
    public static void Lower(LoweringContext context, Node node, QuantizeInRange quantize) =>
        context.Add(new LayerDraft(Kinds.Of(nameof(QuantizeInRange<>), quantize.Type), node.Name, $"to {PlanTypes.Name(quantize.Type)}")
        {
            Arguments =
            [
                ("input", context.Flat(node.Inputs[0])), ("minimum", context.Flat(node.Inputs[1])), ("maximum", context.Flat(node.Inputs[2])),
                ("output", context.NewFlat(node.Output)),
            ],
        });
}
