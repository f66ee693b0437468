using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Windows over one to three axes of arrays of any number type, by the kernels' plain way.</summary>
internal static class SpatialLayers
{
    /// <summary>Adds a convolution, or a transposed one, with the bias and activation of the node; the weights may be computed in the call.</summary>
    /// <param name="context">The plan.</param>
    /// <param name="node">Inputs: image, weights; of a convolution perhaps a bias.</param>
    /// <param name="weights">Its weights, [window, channels / groups, outputs] or transposed.</param>
    /// <param name="window">The window.</param>
    /// <param name="clamp">Fused activation.</param>
    /// <param name="transposed">The gradient by the image.</param>
    public static void Convolve(
        LoweringContext context, Node node, FlatDraft weights, SpatialWindow window, Clamp clamp, bool transposed = false)
    {
        FlatDraft input = context.Flat(node.Inputs[0]), output = context.NewFlat(node.Output);
        int[] image = transposed ? output.Shape : input.Shape;
        bool hasBias = !transposed && node.Inputs.Length > 2;
        FlatDraft sums = hasBias || clamp.IsActive ? context.NewFlat($"{node.Name}/sums", output.Type, output.Shape) : output;
        context.Add(new LayerDraft(
            Kinds.Numeric(output.Type, nameof(SpatialConvolution<>), nameof(SpatialConvolution<>)), node.Name, Remarks(window, transposed))
        {
            Arguments =
            [
                ("input", input), ("weights", weights), ("output", sums), ("strides", window.Strides), ("dilations", window.Dilations),
                ("pads", window.Pads(Shape.Of(image))), ("transposed", transposed),
            ],
            MultiplyAdds = MultiplyAdds(input, weights, output, transposed),
        });
        if (hasBias) AddBias(context, node, sums, clamp.IsActive ? sums : output);
        if (!clamp.IsActive) return;
        context.Add(new LayerDraft(nameof(ClampFloat), $"{node.Name}/clamp", clamp.ToString())
        {
            Arguments = [("input", sums), ("output", output), ("minimum", clamp.Minimum), ("maximum", clamp.Maximum)],
        });
    }

    /// <summary>Adds a max or average pool.</summary>
    public static void Pool(LoweringContext context, Node node, SpatialWindow window, PoolKind kind)
    {
        string pool = kind == PoolKind.Max ? "max pool" : "average pool";
        FlatLayers.Map(
            context, node, Kinds.Numeric(node.Output.Type, nameof(SpatialPool<>), nameof(SpatialPool<>)),
            Phrases.Of(pool, window.Size, window.Strides), ("window", window.Size), ("strides", window.Strides),
            ("pads", window.Pads(node.Inputs[0].Shape)), ("average", kind == PoolKind.Average));
    }

    private static void AddBias(LoweringContext context, Node node, FlatDraft sums, FlatDraft output) =>
        context.Add(new LayerDraft(Kinds.Numeric(output.Type, nameof(BinaryFloating<>), nameof(BinaryInteger<>)), $"{node.Name}/bias", "bias")
        {
            Arguments =
            [
                ("left", sums), ("right", context.Flat(node.Inputs[2])), ("output", output), ("function", nameof(BinaryFunction.Add)),
            ],
        });

    /// <summary>Each pixel of the smaller image meets the whole window.</summary>
    private static long MultiplyAdds(FlatDraft input, FlatDraft weights, FlatDraft output, bool transposed)
    {
        FlatDraft pixels = transposed ? input : output;
        return pixels.Length == 0 ? 0 : (long)pixels.Length / pixels.Shape[^1] * weights.Length;
    }

    private static string Remarks(SpatialWindow window, bool transposed) => Phrases.Join(
        Phrases.Of(transposed ? "transposed convolution" : "convolution", window.Size, window.Strides),
        Phrases.Step("dilation", window.Dilations));
}
