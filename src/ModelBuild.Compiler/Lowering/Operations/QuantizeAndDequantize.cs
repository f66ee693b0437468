using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using QuantizeAndDequantize = ModelBuild.Compiler.Graph.Operations.QuantizeAndDequantize;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="QuantizeAndDequantize"/>.</summary>
internal static class QuantizeAndDequantizeLowering
{
    public static void Lower(LoweringContext context, Node node, QuantizeAndDequantize operation) =>
        context.Add(new LayerDraft(Kinds.Numeric(node.Inputs[0].Type, nameof(QuantizeAndDequantize<>), null), node.Name, $"{operation.Bits} bits")
        {
            Arguments =
            [
                ("input", context.Flat(node.Inputs[0])), ("minimum", context.Flat(node.Inputs[1])), ("maximum", context.Flat(node.Inputs[2])),
                ("output", context.NewFlat(node.Output)), ("bits", operation.Bits), ("isSigned", operation.IsSigned), ("narrowRange", operation.NarrowRange),
                ("limits", operation.Limits), ("halfToEven", operation.HalfToEven), ("axis", operation.Axis),
            ],
        });
}
