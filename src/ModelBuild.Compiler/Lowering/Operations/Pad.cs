using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference;
using ModelBuild.Kernels;
using Pad = ModelBuild.Compiler.Graph.Operations.Pad;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Pad"/>.</summary>
internal static class PadLowering
{
    public static void Lower(LoweringContext context, Node node, Pad pad)
    {
        int[] paddings = LoweringContext.Integers(node, 1, "the paddings");
        FlatDraft input = context.Flat(node.Inputs[0]), output = context.NewFlat(node.Output);
        string remarks = $"padded by [{string.Join(", ", paddings)}]";
        if (pad.Mode != PadMode.Constant)
        {
            context.Add(new LayerDraft(Kinds.Of(nameof(MirrorPad<>), output.Type), node.Name, $"mirrored, {remarks}")
            {
                Arguments = [("input", input), ("output", output), ("paddings", paddings), ("symmetric", pad.Mode == PadMode.Symmetric)],
            });
            return;
        }
        context.Add(new LayerDraft(Kinds.Of(nameof(Pad<>), output.Type), node.Name, remarks)
        {
            Arguments = [("input", input), ("value", Value(context, node)), ("output", output), ("paddings", paddings)],
        });
    }

    private static FlatDraft Value(LoweringContext context, Node node)
    {
        if (node.Inputs.Length > 2) return context.Flat(node.Inputs[2]);
        DataType type = node.Output.Type;
        return context.Constant($"{node.Name}/zero", new Tensor(type, Shape.Scalar, ElementTypes.Allocate(type, 1)));
    }
}
