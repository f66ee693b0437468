using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>
/// Convolutions, depthwise convolutions and fully connected layers with weights of bytes: in int8 if scale and zero point of
/// input and output are known, else with the input's found in the call.
/// </summary>
internal static class QuantizedConvolution
{
    /// <summary>Adds the layers, if the weights are quantised and the input is one image.</summary>
    public static bool TryLower(LoweringContext context, Node node, ConvolutionShape shape, Clamp clamp)
    {
        bool isOne = ImageShape.Of(node.Inputs[0].Shape) is not null && ImageShape.Of(node.Output.Shape) is not null;
        if (!isOne || context.Weights(node) is not { } weights || (node.Inputs.Length > 2 && node.Inputs[2].Constant is null)) return false;
        if (context.AreImages(node.Inputs[0], node.Output)) LowerInt8(context, node, shape, weights, clamp);
        else if (IsHybrid(shape)) LowerHybrid(context, node, shape, weights, clamp);
        else return false;
        return true;
    }

    // A single pixel is kept without the border that more than one output would need.
    private static bool IsHybrid(ConvolutionShape shape) => shape.OutputPixels == 1 || shape.InputHeight * shape.InputWidth > 1;

    private static void LowerInt8(LoweringContext context, Node node, ConvolutionShape shape, QuantizedWeights weights, Clamp clamp)
    {
        ActivationQuantization from = context.Quantization(node.Inputs[0]), to = context.Quantization(node.Output);
        ConvolutionSource source = ConvolutionSource.Of(context, context.Image(node.Inputs[0]), shape, weights.Values);
        ImageDraft output = context.NewImage(node.Output);
        (string, object)[] tensors =
        [
            ("weights", context.Blob.Add(node.Inputs[1].Name, source.Weights, source.WeightShape)),
            ("bias", context.Blob.Add($"{node.Name}/bias", Bias(node, from.Scale, weights), weights.Scales.Length)),
            ("multipliers", context.Blob.Add($"{node.Name}/multipliers", Array.ConvertAll(weights.Scales, scale => from.Scale * scale / to.Scale), weights.Scales.Length)),
        ];
        (string, object)[] limits =
        [
            ("inputZeroPoint", from.ZeroPoint), ("outputZeroPoint", to.ZeroPoint),
            ("minimum", to.Quantize(clamp.Minimum)), ("maximum", to.Quantize(clamp.Maximum)),
        ];
        if (!source.IsDense) context.Geometry.Convolve(source.Image, output, ConvolutionReach.Of(source.Shape));
        string kind = source.IsDense ? nameof(DenseInt8) : source.Shape.IsDepthwise() ? nameof(DepthwiseInt8) : nameof(ConvolutionInt8);
        context.Add(new LayerDraft(kind, node.Name, Phrases.Of(shape, clamp))
        {
            Arguments = [("input", source.Image), ("output", output), .. tensors, .. source.Arguments(), .. limits],
            MultiplyAdds = shape.MultiplyAdds(),
        });
    }

    private static void LowerHybrid(LoweringContext context, Node node, ConvolutionShape shape, QuantizedWeights weights, Clamp clamp)
    {
        (ImageDraft image, FlatDraft range) = context.Ranged(node.Inputs[0]);
        ConvolutionSource source = ConvolutionSource.Of(context, image, shape, weights.Values);
        FlatDraft output = context.NewFlat(node.Output);
        int[] outputShape = [1, shape.OutputHeight, shape.OutputWidth, shape.OutputChannels];
        if (!source.IsDense) context.Geometry.Read(source.Image, ConvolutionReach.Of(source.Shape));
        string kind = source.IsDense ? nameof(DenseHybrid) : source.Shape.IsDepthwise() ? nameof(DepthwiseHybrid) : nameof(ConvolutionHybrid);
        context.Add(new LayerDraft(kind, node.Name, Phrases.Of(shape, clamp))
        {
            Arguments =
            [
                ("input", source.Image), ("output", output.Shape.SequenceEqual(outputShape) ? output : context.Part(output, 0, outputShape)), ("range", range),
                ("weights", context.Blob.Add(node.Inputs[1].Name, source.Weights, source.WeightShape)),
                ("scales", context.Blob.Add($"{node.Name}/scales", weights.Scales, weights.Scales.Length)),
                ("bias", context.Blob.Add($"{node.Name}/bias", RealBias(node, weights) ?? new float[weights.Scales.Length], weights.Scales.Length)),
                .. source.Arguments(), ("minimum", clamp.Minimum), ("maximum", clamp.Maximum),
            ],
            MultiplyAdds = shape.MultiplyAdds(),
        });
    }

    /// <summary>The bias in units of input scale * weight scale.</summary>
    private static int[] Bias(Node node, float inputScale, QuantizedWeights weights)
    {
        int[] integers = new int[weights.Scales.Length];
        if (RealBias(node, weights) is not { } bias) return integers;
        for (int o = 0; o < integers.Length; o++)
            integers[o] = (int)Math.Clamp(Math.Round(bias[o] / ((double)inputScale * weights.Scales[o])), int.MinValue, int.MaxValue);
        return integers;
    }

    private static float[]? RealBias(Node node, QuantizedWeights weights) => weights.Bias ?? (node.Inputs.Length < 3 ? null : node.Inputs[2].Constant?.Elements<float>().ToArray());
}
