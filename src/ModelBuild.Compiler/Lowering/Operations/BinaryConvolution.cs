using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Layers over signs: the input packed to bits, then a convolution that counts bits; float in, float out.</summary>
internal static class BinaryConvolution
{
    /// <summary>Adds a convolution without groups, or a fully connected layer, whose weights are -1 and 1.</summary>
    public static void Lower(
        LoweringContext context, Node node, ConvolutionShape shape, QuantizedWeights weights, SignInput signs, Clamp clamp)
    {
        SignWindow window = new(shape);
        FlatDraft input = Image(context, context.Flat(node.Inputs[0]), shape.InputHeight, shape.InputWidth, shape.InputChannels);
        FlatDraft bits = context.NewFlat($"{node.Name}/signs", DataType.UInt8, [window.Bytes]);
        FlatDraft output = Image(context, context.NewFlat(node.Output), shape.OutputHeight, shape.OutputWidth, shape.OutputChannels);
        object thresholds = context.Blob.Add(signs.Thresholds, signs.Thresholds.Length);
        context.Add(new LayerDraft(nameof(PackSigns), $"{node.Name}/PackSigns", "to signs")
        {
            Arguments =
            [
                ("input", input), ("output", bits), ("thresholds", thresholds),
                ("padTop", shape.PadTop), ("padLeft", shape.PadLeft), ("pitch", window.Width),
            ],
        });
        float[] bias = QuantizedConvolution.Bias(node, weights);
        context.Add(new LayerDraft(nameof(ConvolutionBinary), node.Name, Phrases.Join(Phrases.Of(shape, clamp), "signs"))
        {
            Arguments =
            [
                ("input", bits), ("output", output), ("weights", StoredWeights.Levels(context, node, weights, weights.Values, weights.Shape)),
                ("scales", context.Blob.Add(weights.Scales, weights.Scales.Length)), ("bias", context.Blob.Add(bias, bias.Length)),
                ("thresholds", thresholds), ("amplitude", signs.Amplitude), ("height", shape.InputHeight), ("width", shape.InputWidth),
                .. shape.WindowArguments(), ("minimum", clamp.Minimum), ("maximum", clamp.Maximum),
            ],
            MultiplyAdds = shape.MultiplyAdds(),
        });
    }

    private static FlatDraft Image(LoweringContext context, FlatDraft array, int height, int width, int channels)
    {
        int[] shape = [1, height, width, channels];
        return array.Shape.SequenceEqual(shape) ? array : context.Part(array, 0, shape);
    }
}
