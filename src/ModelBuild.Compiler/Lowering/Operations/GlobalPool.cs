using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Quantised pools of all pixels of an image.</summary>
internal static class GlobalPool
{
    /// <summary>The mean of each channel.</summary>
    public static void Mean(LoweringContext context, Node node, Value x, Value output) =>
        Average(context, node, x, output, ImageShape.Of(x.Shape)!.Value.Pixels, "global average pool");

    /// <summary>The sum of each channel.</summary>
    public static void Sum(LoweringContext context, Node node, Value x, Value output) =>
        Average(context, node, x, output, 1, "sum over all pixels");

    /// <summary>The greatest element of each channel.</summary>
    public static void Maximum(LoweringContext context, Node node, Value x)
    {
        ImageDraft input = context.Image(x);
        ImageDraft output = KeptQuantization.NewImage(context, node, new ImageShape(1, 1, input.Shape.Channels));
        context.Add(new LayerDraft(nameof(MaxPoolInt8), node.Name, "global max pool")
        {
            Arguments =
            [
                ("input", input), ("output", output), ("windowHeight", input.Shape.Height), ("windowWidth", input.Shape.Width),
                ("strideHeight", 1), ("strideWidth", 1), ("padTop", 0), ("padLeft", 0),
            ],
        });
        KeptQuantization.Finish(context, node, output);
    }

    private static void Average(LoweringContext context, Node node, Value x, Value output, int divisor, string remarks)
    {
        ActivationQuantization from = context.Quantization(x), to = context.Quantization(output);
        ImageDraft input = context.Image(x), result = context.NewImage(output);
        context.Add(new LayerDraft(nameof(GlobalAveragePoolInt8), node.Name, remarks)
        {
            Arguments =
            [
                ("input", input), ("output", result), ("multiplier", from.Scale / to.Scale / divisor),
                ("inputZeroPoint", from.ZeroPoint), ("outputZeroPoint", to.ZeroPoint),
            ],
        });
    }
}
