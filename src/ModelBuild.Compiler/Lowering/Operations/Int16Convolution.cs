using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Layers over 16-bit integers, as TensorFlow Lite's 16x8: symmetric activations, 8-bit weights.</summary>
internal static class Int16Convolution
{
    /// <summary>Adds a convolution, depthwise convolution or fully connected layer.</summary>
    public static void Lower(LoweringContext context, Node node, ConvolutionShape shape, QuantizedWeights weights, Clamp clamp)
    {
        (float from, float to) = (context.Int16Scale(node.Inputs[0]), context.Int16Scale(node.Output));
        float[] multipliers = Array.ConvertAll(weights.Scales, scale => from * scale / to);
        float[] bias = Array.ConvertAll(QuantizedConvolution.Bias(node, weights), real => real / to);
        bool isDense = shape is { Taps: 1, Groups: 1, StrideHeight: 1, StrideWidth: 1, PadTop: 0, PadLeft: 0 } && shape.InputLength / shape.InputChannels == shape.OutputPixels;
        bool isDepthwise = shape.IsDepthwise() && shape.Taps <= DepthwiseInt16.MostTaps;
        string kind = isDense ? nameof(DenseInt16) : isDepthwise ? nameof(DepthwiseInt16) : nameof(ConvolutionInt16);
        (string, object)[] window = isDense ? [] : [.. shape.WindowArguments(), .. isDepthwise ? [] : new (string, object)[] { ("groups", shape.Groups) }];
        context.Add(new LayerDraft(kind, node.Name, Phrases.Join(Phrases.Of(shape, clamp), "16 bits"))
        {
            Arguments =
            [
                ("input", context.Short(node.Inputs[0])), ("output", context.NewShort(node.Output)),
                ("weights", StoredWeights.Levels(context, node, weights, weights.Values, weights.Shape)),
                ("bias", context.Blob.Add(bias, bias.Length)),
                ("multipliers", context.Blob.Add(multipliers, multipliers.Length)), .. window, .. Limits(clamp, to),
            ],
            MultiplyAdds = shape.MultiplyAdds(),
        });
    }

    /// <summary>Adds a sum of two values of one shape, if that is what the node is and 16 bits are asked for.</summary>
    public static bool TryAdd(LoweringContext context, Node node, Graph.Operations.Binary binary, string remarks)
    {
        bool isSum = binary.Function == Graph.Operations.BinaryKind.Add && node.Inputs.All(input => input.Shape.Equals(node.Output.Shape));
        if (!isSum || !context.AreShorts([.. node.Inputs, node.Output])) return false;
        (float left, float right, float to) =
            (context.Int16Scale(node.Inputs[0]), context.Int16Scale(node.Inputs[1]), context.Int16Scale(node.Output));
        context.Add(new LayerDraft(nameof(AddInt16), node.Name, Phrases.Join(remarks, "16 bits"))
        {
            Arguments =
            [
                ("left", context.Short(node.Inputs[0])), ("right", context.Short(node.Inputs[1])), ("output", context.NewShort(node.Output)),
                ("leftMultiplier", left / to), ("rightMultiplier", right / to), .. Limits(binary.Clamp, to),
            ],
        });
        return true;
    }

    private static (string, object)[] Limits(Clamp clamp, float scale) =>
        [("minimum", Quantize(clamp.Minimum, scale)), ("maximum", Quantize(clamp.Maximum, scale))];

    private static int Quantize(float limit, float scale) => (int)Math.Clamp(Math.Round(limit / (double)scale), -short.MaxValue, short.MaxValue);
}
