using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using DequantizeTensor = ModelBuild.Compiler.Graph.Operations.DequantizeTensor;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="DequantizeTensor"/>.</summary>
internal static class DequantizeTensorLowering
{
    public static void Lower(LoweringContext context, Node node, DequantizeTensor dequantize) =>
        context.Add(new LayerDraft(Kinds.Of(nameof(DequantizeTensor<>), node.Inputs[0].Type), node.Name, Phrases.Words(dequantize.Scheme.ToString()))
        {
            Arguments =
            [
                ("input", context.Flat(node.Inputs[0])), ("minimum", context.Flat(node.Inputs[1])), ("maximum", context.Flat(node.Inputs[2])),
                ("output", context.NewFlat(node.Output)), ("mode", dequantize.Scheme.ToString()), ("axis", dequantize.Axis),
                ("narrowRange", dequantize.NarrowRange),
            ],
        });
}
