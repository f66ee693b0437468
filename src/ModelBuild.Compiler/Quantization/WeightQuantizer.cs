using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Passes;

namespace ModelBuild.Compiler.Quantization;

/// <summary>
/// Quantises the weights of convolutions and fully connected layers by TensorFlow Lite's int8 specification
/// (https://ai.google.dev/edge/litert/models/quantization_spec): symmetric, -127..127, a scale an output channel.
/// </summary>
internal static class WeightQuantizer
{
    private const int Levels = 127;

    // Biases are int32 at scale input * weight; a quarter of the range leaves room for the sum they are added to.
    private const double MostBias = 1 << 29;

    /// <summary>The weights of a layer as bytes in the kernels' order; null where they are no constants.</summary>
    /// <param name="layer">A node of a weighted operation.</param>
    /// <param name="inputScale">Scale of the quantised input, which the bias has to fit; 0 where ranges are found in each call.</param>
    /// <param name="outputScale">Scale of the quantised output, for <see cref="MultiplierGrid"/>; 0 likewise.</param>
    public static QuantizedWeights? Quantize(Node layer, float inputScale = 0, float outputScale = 0)
    {
        if (!WeightedLayer.Is(layer.Operation) || layer.Inputs[1] is not { Type: DataType.Float32, Constant: { Count: > 0 } constant }) return null;
        ReadOnlySpan<float> weights = constant.Elements<float>();
        int outputs = WeightedLayer.Outputs(layer), perOutput = weights.Length / outputs;
        float[] scales = new float[outputs];
        sbyte[] values = new sbyte[weights.Length];
        ReadOnlySpan<float> bias = layer.Inputs.Length > 2 && layer.Inputs[2].Constant is { } addend ? addend.Elements<float>() : [];
        for (int o = 0; o < outputs; o++)
        {
            float greatest = 0;
            for (int i = 0; i < perOutput; i++) greatest = Math.Max(greatest, Math.Abs(weights[i * outputs + o]));
            scales[o] = Scale(greatest, bias.Length > 0 ? bias[o] : 0, inputScale);
            if (inputScale > 0 && outputScale > 0) scales[o] = MultiplierGrid.RoundScaleUp(scales[o], inputScale / outputScale);
            for (int i = 0; i < perOutput; i++)
                values[o * perOutput + i] = (sbyte)Math.Clamp(MathF.Round(weights[i * outputs + o] / scales[o]), -Levels, Levels);
        }
        return new QuantizedWeights(values, Shape(layer, outputs), scales);
    }

    private static float Scale(float greatest, float bias, float inputScale)
    {
        float scale = greatest > 0 ? greatest / Levels : 1;
        if (inputScale > 0 && Math.Abs(bias) > MostBias * scale * inputScale) scale = (float)(Math.Abs(bias) / (MostBias * inputScale));
        // A scale whose inverse is no float belongs to weights that are as good as zero.
        return float.IsNormal(scale) && float.IsNormal(1 / scale) ? scale : 1;
    }

    private static int[] Shape(Node layer, int outputs)
    {
        Shape weights = layer.Inputs[1].Shape;
        return layer.Operation switch
        {
            DepthwiseConvolution => [outputs, weights[0], weights[1]],
            FullyConnected => [outputs, weights[0]],
            _ => [outputs, weights[0], weights[1], weights[2]],
        };
    }
}
