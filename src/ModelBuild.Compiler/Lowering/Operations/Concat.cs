using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Kernels;
using Concat = ModelBuild.Compiler.Graph.Operations.Concat;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Concat"/>: a layer an input.</summary>
internal static class ConcatLowering
{
    public static void Lower(LoweringContext context, Node node, Concat concat)
    {
        int axis = Inference.Axis(concat.Axis, node.Output.Shape.Rank);
        if (axis == node.Output.Shape.Rank - 1 && context.AreImages([.. node.Inputs, node.Output])) LowerInt8(context, node);
        else LowerFlat(context, node, axis);
    }

    private static void LowerInt8(LoweringContext context, Node node)
    {
        ImageDraft[] inputs = [.. node.Inputs.Select(context.Image)];
        ImageDraft output = context.NewImage(node.Output);
        ActivationQuantization to = context.Quantization(node.Output);
        int channel = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            ActivationQuantization from = context.Quantization(node.Inputs[i]);
            context.Add(new LayerDraft(nameof(ConcatInt8), node.Name, Phrase(i, inputs.Length))
            {
                Arguments =
                [
                    ("input", inputs[i]), ("output", output), ("channel", channel), ("multiplier", from.Scale / to.Scale),
                    ("inputZeroPoint", from.ZeroPoint), ("outputZeroPoint", to.ZeroPoint),
                ],
            });
            channel += inputs[i].Shape.Channels;
        }
    }

    private static void LowerFlat(LoweringContext context, Node node, int axis)
    {
        FlatDraft[] inputs = [.. node.Inputs.Select(context.Flat)];
        FlatDraft output = context.NewFlat(node.Output);
        int position = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            context.Add(new LayerDraft(Kinds.Of(nameof(Concat<>), output.Type), node.Name, Phrase(i, inputs.Length))
            {
                Arguments = [("input", inputs[i]), ("output", output), ("axis", axis), ("position", position)],
            });
            position += inputs[i].Shape[axis];
        }
    }

    private static string Phrase(int input, int count) => $"concatenation, part {input + 1} of {count}";
}
