using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using FakeQuantize = ModelBuild.Compiler.Graph.Operations.FakeQuantize;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="FakeQuantize"/>.</summary>
internal static class FakeQuantizeLowering
{
    public static void Lower(LoweringContext context, Node node, FakeQuantize quantize) =>
        context.Add(new LayerDraft(nameof(FakeQuantizeFloat), node.Name, $"{quantize.Bits} bits")
        {
            Arguments =
            [
                ("input", context.Flat(node.Inputs[0])), ("minimum", context.Flat(node.Inputs[1])), ("maximum", context.Flat(node.Inputs[2])),
                ("output", context.NewFlat(node.Output)), ("bits", quantize.Bits), ("narrowRange", quantize.NarrowRange),
            ],
        });
}
