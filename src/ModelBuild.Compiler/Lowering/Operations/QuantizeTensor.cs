using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using QuantizeTensor = ModelBuild.Compiler.Graph.Operations.QuantizeTensor;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="QuantizeTensor"/>.</summary>
internal static class QuantizeTensorLowering
{
    public static void Lower(LoweringContext context, Node node, QuantizeTensor quantize) =>
        context.Add(new LayerDraft(Kinds.Of(nameof(QuantizeTensor<>), quantize.Type), node.Name, Phrases.Words(quantize.Scheme.ToString()))
        {
            Arguments =
            [
                ("input", context.Flat(node.Inputs[0])), ("minimum", context.Flat(node.Inputs[1])), ("maximum", context.Flat(node.Inputs[2])),
                ("output", context.NewFlat(node.Outputs[0])), ("usedMinimum", context.NewFlat(node.Outputs[1])), ("usedMaximum", context.NewFlat(node.Outputs[2])),
                ("mode", quantize.Scheme.ToString()), ("axis", quantize.Axis), ("halfToEven", quantize.HalfToEven), ("narrowRange", quantize.NarrowRange),
                ("leastRange", quantize.LeastRange),
            ],
        });
}
