using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using SubtractZeroPoint = ModelBuild.Compiler.Graph.Operations.SubtractZeroPoint;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="SubtractZeroPoint"/>.</summary>
internal static class SubtractZeroPointLowering
{
    public static void Lower(LoweringContext context, Node node, SubtractZeroPoint subtract) =>
        context.Add(new LayerDraft(Kinds.Of(nameof(SubtractZeroPoint<>), node.Inputs[0].Type), node.Name, "less the zero point")
        {
            Arguments =
            [
                ("input", context.Flat(node.Inputs[0])), ("minimum", context.Flat(node.Inputs[1])), ("maximum", context.Flat(node.Inputs[2])),
                ("output", context.NewFlat(node.Output)),
            ],
        });
}
