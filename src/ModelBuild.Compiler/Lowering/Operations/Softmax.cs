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
        if (context.IsImage(x) && ImageShape.Of(x.Shape)!.Value.IsPixel)
        {
            context.Add(new LayerDraft(nameof(SoftmaxInt8), node.Name, "softmax")
            {
                Arguments =
                [
                    ("input", context.Image(x)), ("output", context.NewFlat(node.Output)), ("scale", context.Quantization(x).Scale),
                ],
            });
            return;
        }
        if (x.Type == DataType.Float32) FlatLayers.Map(context, node, nameof(SoftmaxFloat), "softmax");
        else FlatLayers.Map(context, node, Kinds.Numeric(x.Type, nameof(SoftmaxFloating<>), null), "softmax", ("isLogarithm", false));
    }
}
