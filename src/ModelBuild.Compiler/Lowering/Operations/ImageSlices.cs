using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Boxes cut out of quantised images.</summary>
internal static class ImageSlices
{
    /// <summary>Adds the layer, if both are images and the box has the output's pixels and channels.</summary>
    /// <param name="context">The plan.</param>
    /// <param name="name">Name of the layer.</param>
    /// <param name="remarks">What it does.</param>
    /// <param name="input">The whole.</param>
    /// <param name="output">The box.</param>
    /// <param name="begin">First element of the box along each axis of the input.</param>
    /// <param name="size">Its elements along each axis.</param>
    public static bool TryLower(LoweringContext context, string name, string remarks, Value input, Value output, int[] begin, int[] size)
    {
        if (!context.AreImages(input, output) || ImageShape.Of(Shape.Of(size)) != ImageShape.Of(output.Shape)) return false;
        ActivationQuantization from = context.Quantization(input), to = context.Quantization(output);
        context.Add(new LayerDraft(nameof(SliceInt8), name, remarks)
        {
            Arguments =
            [
                ("input", context.Image(input)), ("output", context.NewImage(output)),
                ("top", Begin(3)), ("left", Begin(2)), ("channel", Begin(1)),
                ("multiplier", from.Scale / to.Scale), ("inputZeroPoint", from.ZeroPoint), ("outputZeroPoint", to.ZeroPoint),
            ],
        });
        return true;

        int Begin(int fromEnd) => fromEnd <= begin.Length ? begin[^fromEnd] : 0;
    }
}
