using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Layers whose kernels take one image, [1, height, width, channels].</summary>
internal static class Batches
{
    /// <summary>Adds the layer, once for each image of the batch.</summary>
    /// <param name="context">The plan.</param>
    /// <param name="input">[n, ...].</param>
    /// <param name="output">[n, ...].</param>
    /// <param name="layer">The layer from an image to an image.</param>
    public static void Lower(LoweringContext context, FlatDraft input, FlatDraft output, Func<FlatDraft, FlatDraft, LayerDraft> layer)
    {
        int images = input.Shape[0];
        if (images == 1)
        {
            context.Add(layer(input, output));
            return;
        }
        for (int image = 0; image < images; image++) context.Add(layer(Image(input, image), Image(output, image)));

        FlatDraft Image(FlatDraft batch, int image)
        {
            int[] shape = [1, .. batch.Shape[1..]];
            return context.Part(batch, image * Shapes.Elements(shape), shape);
        }
    }
}
