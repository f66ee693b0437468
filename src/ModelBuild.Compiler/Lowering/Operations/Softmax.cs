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
        bool isInt8 = context.IsImage(x) && ImageShape.Of(x.Shape)!.Value.IsPixel;
        BufferDraft input = isInt8 ? context.Image(x) : FloatConvolution.Floats(context, node, 0);
        (string, object)[] scale = isInt8 ? [("scale", context.Quantization(x).Scale)] : [];
        context.Add(new LayerDraft(isInt8 ? nameof(SoftmaxInt8) : nameof(SoftmaxFloat), node.Name, "softmax")
        {
            Arguments = [("input", input), ("output", context.NewFlat(node.Output)), .. scale],
        });
    }
}
