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
        if (pad.Mode == PadMode.Constant && context.AreImages(node.Inputs[0], node.Output) && PixelValue(node, paddings) is { } value)
        {
            LowerInt8(context, node, paddings, value);
            return;
        }
        if (pad.Mode != PadMode.Constant)
        {
            FlatLayers.Map(
                context, node, Kinds.Of(nameof(MirrorPad<>), node.Output.Type), $"mirrored, {Remarks(paddings)}",
                ("paddings", paddings), ("symmetric", pad.Mode == PadMode.Symmetric));
            return;
        }
        FlatDraft input = context.Flat(node.Inputs[0]), output = context.NewFlat(node.Output);
        context.Add(new LayerDraft(Kinds.Of(nameof(Pad<>), output.Type), node.Name, Remarks(paddings))
        {
            Arguments = [("input", input), ("value", Value(context, node)), ("output", output), ("paddings", paddings)],
        });
    }

    /// <summary>What is put around pixels; null where it is not known, or put around something else.</summary>
    private static float? PixelValue(Node node, int[] paddings)
    {
        bool isAroundPixels = node.Output.Shape.Rank == 4 && paddings is [0, 0, _, _, _, _, 0, 0];
        if (!isAroundPixels) return null;
        return node.Inputs.Length > 2 ? node.Inputs[2].Constant?.Elements<float>()[0] : 0;
    }

    private static void LowerInt8(LoweringContext context, Node node, int[] paddings, float value)
    {
        ImageDraft image = KeptQuantization.Image(context, node), output = context.NewImage(node.Output);
        context.Add(new LayerDraft(nameof(PadInt8), node.Name, Remarks(paddings))
        {
            Arguments =
            [
                ("input", image), ("output", output), ("top", paddings[2]), ("left", paddings[4]),
                ("value", context.Quantization(node.Output).Quantize(value)),
            ],
        });
    }

    private static string Remarks(int[] paddings) => $"padded by [{string.Join(", ", paddings)}]";

    private static FlatDraft Value(LoweringContext context, Node node)
    {
        if (node.Inputs.Length > 2) return context.Flat(node.Inputs[2]);
        DataType type = node.Output.Type;
        return context.Constant($"{node.Name}/zero", new Tensor(type, Shape.Scalar, ElementTypes.Allocate(type, 1)));
    }
}
