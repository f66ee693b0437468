using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>
/// Operations whose kernels only move bytes, so that the result has the input's scale and zero point. Where the output's own are
/// others, a table brings it to them.
/// </summary>
internal static class KeptQuantization
{
    /// <summary>The image that the kernel writes: the output, or one that <see cref="Finish"/> makes it of.</summary>
    public static ImageDraft NewImage(LoweringContext context, Node node, ImageShape shape) => IsKept(context, node)
        ? context.NewImage(node.Output)
        : context.NewImage($"{node.Name}/unscaled", shape, context.Quantization(node.Inputs[0]));

    /// <summary>Makes the image, of the input's quantisation, the output.</summary>
    public static void Finish(LoweringContext context, Node node, ImageDraft image)
    {
        if (!IsKept(context, node)) AddTable(context, node, image, context.NewImage(node.Output));
        else if (context.Forms(node.Output).Image is null) context.SetImage(node.Output, image);
    }

    /// <summary>The input as an image of the output's quantisation.</summary>
    public static ImageDraft Image(LoweringContext context, Node node)
    {
        ImageDraft image = context.Image(node.Inputs[0]);
        if (IsKept(context, node)) return image;
        ImageDraft scaled = context.NewImage($"{node.Name}/scaled", image.Shape, context.Quantization(node.Output));
        AddTable(context, node, image, scaled);
        return scaled;
    }

    private static bool IsKept(LoweringContext context, Node node) =>
        context.Quantization(node.Inputs[0]) == context.Quantization(node.Output);

    private static void AddTable(LoweringContext context, Node node, ImageDraft image, ImageDraft scaled)
    {
        ActivationQuantization from = context.Quantization(node.Inputs[0]), to = context.Quantization(node.Output);
        Requantization requantization = new(to.ZeroPoint);
        byte[] table = new byte[LookupTables.Entries];
        for (int q = 0; q < table.Length; q++) table[q] = requantization.ToByte((q - from.ZeroPoint) * (from.Scale / to.Scale));
        LookupTables.Add(context, $"{node.Name}/Requantize", "to another scale", image, scaled, table);
    }
}
