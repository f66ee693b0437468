using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>
/// Convolutions, depthwise convolutions and fully connected layers with weights of bytes: in int8 if scale and zero point of
/// input and output are known, in int16 or on signs where that is asked for, else with the input's found in the call.
/// </summary>
internal static class QuantizedConvolution
{
    /// <summary>Adds the layers, if the weights are quantised and the input is one image.</summary>
    public static bool TryLower(LoweringContext context, Node node, ConvolutionShape shape, Clamp clamp)
    {
        bool isOne = ImageShape.Of(node.Inputs[0].Shape) is not null && ImageShape.Of(node.Output.Shape) is not null;
        bool isConstant = node.Inputs.Length < 3 || node.Inputs[2].Constant is not null;
        if (!isOne || !isConstant || context.Weights(node) is not { } weights) return false;
        ActivationForm form = context.Precision.Activations;
        if (form == ActivationForm.Float) return false;
        if (form == ActivationForm.Int16 && !context.AreShorts(node.Inputs[0], node.Output)) return false;
        if (form == ActivationForm.Int16) Int16Convolution.Lower(context, node, shape, weights, clamp);
        else if (weights.Signs is { } signs) BinaryConvolution.Lower(context, node, shape, weights, signs, clamp);
        else if (context.AreImages(node.Inputs[0], node.Output)) LowerInt8(context, node, shape, weights, clamp);
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
        float[] multipliers = Array.ConvertAll(weights.Scales, scale => MultiplierGrid.Round(from.Scale * scale / to.Scale));
        int[] bias = Integers(WithoutOffset(Bias(node, weights), from, weights), from.Scale, weights.Scales, MultiplierGrid.BiasShift(multipliers));
        if (!source.IsDense) context.Geometry.Convolve(source.Image, output, ConvolutionReach.Of(source.Shape));
        string kind = source.IsDense ? nameof(DenseInt8) : source.Shape.IsDepthwise() ? nameof(DepthwiseInt8) : nameof(ConvolutionInt8);
        context.Add(new LayerDraft(kind, node.Name, Phrases.Of(shape, clamp))
        {
            Arguments =
            [
                ("input", source.Image), ("output", output),
                ("weights", StoredWeights.Levels(context, node, weights, source.Weights, source.WeightShape)),
                ("bias", context.Blob.Add(bias, bias.Length)),
                ("multipliers", context.Blob.Add(multipliers, multipliers.Length)), .. source.Arguments(),
                ("inputZeroPoint", from.ZeroPoint), ("outputZeroPoint", to.ZeroPoint),
                ("minimum", to.Quantize(clamp.Minimum)), ("maximum", to.Quantize(clamp.Maximum)),
            ],
            MultiplyAdds = shape.MultiplyAdds(),
        });
    }

    private static void LowerHybrid(LoweringContext context, Node node, ConvolutionShape shape, QuantizedWeights weights, Clamp clamp)
    {
        (ImageDraft image, FlatDraft range) = context.Ranged(node.Inputs[0]);
        ConvolutionSource source = ConvolutionSource.Of(context, image, shape, weights.Values);
        FlatDraft output = context.NewFlat(node.Output);
        int[] batch = [1, shape.OutputHeight, shape.OutputWidth, shape.OutputChannels];
        if (!output.Shape.SequenceEqual(batch)) output = context.Part(output, 0, batch);
        float[] scales = weights.Scales, bias = Bias(node, weights);
        if (!source.IsDense) context.Geometry.Read(source.Image, ConvolutionReach.Of(source.Shape));
        string kind = source.IsDense ? nameof(DenseHybrid)
            : source.Shape.IsDepthwise() ? nameof(DepthwiseHybrid) : nameof(ConvolutionHybrid);
        context.Add(new LayerDraft(kind, node.Name, Phrases.Of(shape, clamp))
        {
            Arguments =
            [
                ("input", source.Image), ("output", output), ("range", range),
                ("weights", StoredWeights.Levels(context, node, weights, source.Weights, source.WeightShape)),
                ("scales", context.Blob.Add(scales, scales.Length)),
                ("bias", context.Blob.Add(bias, bias.Length)), .. source.Arguments(),
                ("minimum", clamp.Minimum), ("maximum", clamp.Maximum),
            ],
            MultiplyAdds = shape.MultiplyAdds(),
        });
    }

    /// <summary>The bias in real units.</summary>
    public static float[] Bias(Node node, QuantizedWeights weights) =>
        weights.Bias ?? (node.Inputs.Length > 2 ? (float[])node.Inputs[2].Constant!.Data : new float[weights.Scales.Length]);

    /// <summary>The bias less what the offset of the input adds to every output.</summary>
    private static float[] WithoutOffset(float[] bias, ActivationQuantization input, QuantizedWeights weights)
    {
        if (input.Offset == 0) return bias;
        int[] sums = new int[bias.Length];
        for (int i = 0; i < weights.Values.Length; i++) sums[i / (weights.Values.Length / sums.Length)] += weights.Values[i];
        return [.. bias.Select((real, output) => real - input.Offset * input.Scale * weights.Scales[output] * sums[output])];
    }

    /// <summary>The bias in units of input scale * weight scale, a multiple of 2^shift.</summary>
    private static int[] Integers(float[] bias, double inputScale, float[] scales, int shift) =>
    [
        .. bias.Zip(scales, (real, scale) =>
            (int)Math.Clamp(Math.Round(real / (inputScale * scale * (1 << shift))), int.MinValue >> shift, int.MaxValue >> shift) << shift),
    ];
}
