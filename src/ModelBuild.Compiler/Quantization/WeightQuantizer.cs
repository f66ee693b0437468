using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Passes;

namespace ModelBuild.Compiler.Quantization;

/// <summary>
/// Quantises the weights of convolutions and fully connected layers, symmetric and with a scale an output channel, each to the
/// nearest of the levels that its form has; int8 by TensorFlow Lite's specification
/// (https://ai.google.dev/edge/litert/models/quantization_spec).
/// </summary>
internal static class WeightQuantizer
{
    private const int Levels = 127, FourBitLevels = 7;

    // The greatest step of a group in units of the channel's scale, so that step * level is an int8 level.
    private const int MostStep = Levels / FourBitLevels;

    // Shares of the greatest weight that the greatest level may stand for, in hundredths: few levels are better spent on the many small weights.
    private const int LeastShare = 40, MostShare = 100, ShareStep = 4;

    // Palettes of fewer bits share their levels among channels of one power; those of more have room for the greatest weight of each.
    private const int MostSharedBits = 6, PaletteRounds = 4;

    // Biases are int32 at scale input * weight; a quarter of the range leaves room for the sum they are added to.
    private const double MostBias = 1 << 29;

    /// <summary>The weights of a layer as bytes in the kernels' order; null where they are no constants.</summary>
    /// <param name="layer">A node of a weighted operation.</param>
    /// <param name="inputScale">Scale of the quantised input, which the bias has to fit; 0 where ranges are found in each call.</param>
    /// <param name="outputScale">Scale of the quantised output, for <see cref="MultiplierGrid"/>; 0 likewise.</param>
    /// <param name="form">How to store them; int8 by default.</param>
    public static QuantizedWeights? Quantize(Node layer, float inputScale = 0, float outputScale = 0, WeightForm? form = null)
    {
        if (!WeightedLayer.Is(layer.Operation) || layer.Inputs[1] is not { Type: DataType.Float32, Constant: { Count: > 0 } constant }) return null;
        WeightForm stored = form ?? LayerPrecision.Int8.Weights;
        float[][] channels = Channels(constant.Elements<float>(), WeightedLayer.Outputs(layer));
        ReadOnlySpan<float> bias = layer.Inputs.Length > 2 && layer.Inputs[2].Constant is { } addend ? addend.Elements<float>() : [];
        bool isStatic = inputScale > 0 && outputScale > 0;
        float[] scales = Steps(channels, stored);
        for (int o = 0; o < scales.Length; o++)
        {
            scales[o] = Scale(scales[o], bias.Length > 0 ? bias[o] : 0, inputScale);
            if (isStatic || stored.Kind != WeightKind.Int8) scales[o] = MultiplierGrid.RoundScaleUp(scales[o], isStatic ? inputScale / outputScale : 1);
        }
        LevelSet levels = LevelsOf(channels, scales, stored);
        int perOutput = channels[0].Length;
        sbyte[] values = new sbyte[constant.Count];
        for (int i = 0; i < values.Length; i++)
        {
            (int output, int input) = Math.DivRem(i, perOutput);
            values[i] = (sbyte)levels.Nearest(channels[output][input] / scales[output], output, input);
        }
        return new QuantizedWeights(values, Shape(layer, channels.Length), scales) { Levels = levels };
    }

    /// <summary>The weights of each output channel, in the kernels' order.</summary>
    private static float[][] Channels(ReadOnlySpan<float> weights, int outputs)
    {
        float[][] channels = new float[outputs][];
        for (int o = 0; o < outputs; o++)
        {
            channels[o] = new float[weights.Length / outputs];
            for (int i = 0; i < channels[o].Length; i++) channels[o][i] = weights[i * outputs + o];
        }
        return channels;
    }

    /// <summary>The scales of the channels whatever their biases.</summary>
    private static float[] Steps(float[][] channels, WeightForm form) => form is { Kind: WeightKind.Palette, Parameter: < MostSharedBits }
        ? SharedLevelSteps(channels, form.Parameter) : Array.ConvertAll(channels, channel => Step(channel, form));

    /// <summary>
    /// Scales with which one palette suits all channels: by turns the best palette for the scales and the best scale of each channel for
    /// the palette, the least squares, from scales by which all channels have one power.
    /// </summary>
    private static float[] SharedLevelSteps(float[][] channels, int bits)
    {
        double[] powers = Array.ConvertAll(channels, channel => Math.Sqrt(channel.Average(weight => (double)weight * weight)));
        double widest = channels.Zip(powers, (channel, power) => power > 0 ? channel.Max(Math.Abs) / power : 1).Max();
        float[] scales = Array.ConvertAll(powers, power => (float)(power * widest / Levels));
        for (int round = 0; round < PaletteRounds; round++)
        {
            LevelSet levels = Palette(channels, scales, bits);
            for (int o = 0; o < scales.Length; o++) scales[o] = LeastSquares(channels[o], scales[o], levels);
        }
        return scales;
    }

    private static LevelSet Palette(float[][] channels, float[] scales, int bits) => new LevelSet.Codebook(
        PaletteLevels.Of([.. channels.SelectMany((channel, o) => channel.Select(weight => scales[o] > 0 ? weight / scales[o] : 0))], bits));

    /// <summary>The scale that suits the levels best which are nearest with another one.</summary>
    private static float LeastSquares(float[] weights, float scale, LevelSet levels)
    {
        double products = 0, squares = 0;
        foreach (float weight in weights)
        {
            double level = scale > 0 ? levels.Nearest(weight / scale, 0, 0) : 0;
            (products, squares) = (products + weight * level, squares + level * level);
        }
        return squares > 0 && products > 0 ? (float)(products / squares) : scale;
    }

    /// <summary>The scale of a channel whatever its bias and the other channels.</summary>
    private static float Step(float[] channel, WeightForm form) => form switch
    {
        { Kind: WeightKind.Binary } => channel.Average(Math.Abs),
        { Kind: WeightKind.Int4, Parameter: > 0 } => channel.Chunk(form.Parameter).Max(FourBitStep) / MostStep,
        { Kind: WeightKind.Int4 } => FourBitStep(channel),
        _ => channel.Max(Math.Abs) / Levels,
    };

    /// <summary>The scale with the least squared error for -7..7.</summary>
    private static float FourBitStep(float[] weights)
    {
        LevelSet levels = new LevelSet.Range(FourBitLevels);
        float greatest = weights.Max(Math.Abs), best = greatest / FourBitLevels;
        double least = double.PositiveInfinity;
        for (int share = MostShare; share >= LeastShare; share -= ShareStep)
        {
            float scale = greatest * share / (MostShare * FourBitLevels);
            double error = SquaredError(weights, scale, levels);
            if (error < least) (best, least) = (scale, error);
        }
        return best;
    }

    private static LevelSet LevelsOf(float[][] channels, float[] scales, WeightForm form) => form switch
    {
        { Kind: WeightKind.Binary } => new LevelSet.Codebook([-1, 1]),
        { Kind: WeightKind.Int4, Parameter: > 0 } => new LevelSet.Grouped(
            FourBitLevels, form.Parameter,
            [.. channels.Select((channel, o) => channel.Chunk(form.Parameter).Select(group => BestStep(group, scales[o])).ToArray())]),
        { Kind: WeightKind.Int4 } => new LevelSet.Range(FourBitLevels),
        { Kind: WeightKind.Palette } => Palette(channels, scales, form.Parameter),
        _ => LevelSet.Int8,
    };

    /// <summary>The step, in units of the channel's scale, with the least squared error for a group.</summary>
    private static byte BestStep(float[] group, float scale) => (byte)Enumerable.Range(1, MostStep).MinBy(step =>
        SquaredError(group, scale * step, new LevelSet.Range(FourBitLevels)));

    private static double SquaredError(float[] weights, float scale, LevelSet levels)
    {
        double sum = 0;
        foreach (float weight in weights)
        {
            double error = scale > 0 ? weight - scale * levels.Nearest(weight / scale, 0, 0) : weight;
            sum += error * error;
        }
        return sum;
    }

    private static float Scale(float step, float bias, float inputScale)
    {
        float scale = step > 0 ? step : 1;
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
