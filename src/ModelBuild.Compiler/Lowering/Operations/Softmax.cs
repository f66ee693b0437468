using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Softmax"/>, whose results are floats in any case.</summary>
internal static class SoftmaxLowering
{
    public static void Lower(LoweringContext context, Node node, Softmax softmax)
    {
        Value x = node.Inputs[0];
        FlatDraft output;
        if (context.IsImage(x) && ImageShape.Of(x.Shape)!.Value.IsPixel)
        {
            ImageDraft logits = context.Image(x);
            output = context.NewFlat(node.Output);
            context.Add(new LayerDraft(nameof(SoftmaxInt8), node.Name, "softmax")
            {
                Arguments = [("input", logits), ("output", output), ("scale", context.Quantization(x).Scale)],
            });
            return;
        }
        FlatDraft input = context.Flat(x);
        output = context.NewFlat(node.Output);
        context.Add(x.Type == DataType.Float32
            ? new LayerDraft(nameof(SoftmaxFloat), node.Name, "softmax") { Arguments = [("input", input), ("output", output)] }
            : new LayerDraft(Kinds.Numeric(x.Type, nameof(SoftmaxFloating<>), null), node.Name, "softmax")
            {
                Arguments = [("input", input), ("output", output), ("isLogarithm", false)],
            });
    }
}
