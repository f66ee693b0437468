using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Calibration.DataFree;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference.Operations;

namespace ModelBuild.Compiler.Quantization.Recovery;

/// <summary>
/// Moves what a channel always has into the bias of the layer that reads it, so that the range need not reach over it (high-bias
/// absorption, Nagel et al. 2019, https://arxiv.org/abs/1906.04721, section 4.1.3). Only where no window reaches over the image's
/// border, as the zeros there are not moved along.
/// </summary>
internal static class BiasAbsorption
{
    // Of a channel that is only foretold: of a normal distribution, 0.1 % is further below the mean.
    private const double Deviations = 3;

    public static RecoveryState? Run(RecoveryState state, RecoverySetting setting)
    {
        ChannelGroup[] pairs = [.. ChannelGroup.Of(state.Graph).Where(group => group.IsPair && !IsPadded(group.Readers[0]))];
        if (pairs.Length == 0) return null;
        IReadOnlyDictionary<Value, float[]> least = Least(state, pairs, setting);
        LayerParameters parameters = new();
        bool isAny = false;
        foreach (ChannelGroup pair in pairs)
        {
            float[] offsets = Array.ConvertAll(least[pair.Values[0]], minimum => Math.Max(minimum, 0));
            if (offsets.All(offset => offset == 0)) continue;
            isAny = true;
            Absorb(pair, offsets, parameters);
        }
        return isAny ? setting.Start(parameters.Apply(state.Graph), parameters.Apply(state.Norms)) : null;
    }

    /// <summary>What each channel hardly ever falls below; 0 where nothing is known.</summary>
    private static Dictionary<Value, float[]> Least(RecoveryState state, ChannelGroup[] pairs, RecoverySetting setting)
    {
        Value[] values = [.. pairs.Select(pair => pair.Values[0])];
        if (state.Moments is { } moments)
            return values.ToDictionary(value => value, value => moments.TryGetValue(value, out ChannelMoments[]? channels)
                ? Array.ConvertAll(channels, channel => (float)(channel.Mean - Deviations * channel.Deviation))
                : new float[value.Shape[-1]]);
        IReadOnlyDictionary<Value, ValueRange[]> measured = ChannelRanges.Of(state, values, setting);
        return values.ToDictionary(value => value, value => Array.ConvertAll(measured[value], range => range.IsEmpty ? 0 : range.Minimum));
    }

    private static void Absorb(ChannelGroup pair, float[] offsets, LayerParameters parameters)
    {
        (Node writer, Node reader) = (pair.Writers[0], pair.Readers[0]);
        float[] first = parameters.Bias(writer), second = parameters.Bias(reader), weights = parameters.Weights(reader);
        for (int c = 0; c < first.Length; c++) first[c] -= offsets[c];
        for (int i = 0; i < weights.Length; i++) second[i % second.Length] += weights[i] * offsets[pair.InputOf(reader, i)];
        parameters.Note(pair.Values[0], [.. Enumerable.Repeat(1.0, offsets.Length)], Array.ConvertAll(offsets, offset => -(double)offset));
    }

    private static bool IsPadded(Node layer)
    {
        if (layer.Operation is FullyConnected) return false;
        SpatialWindow window = layer.Operation is Convolution convolution
            ? SpatialWindow.Of(convolution, layer.Inputs[1].Shape) : SpatialWindow.Of((DepthwiseConvolution)layer.Operation, layer.Inputs[1].Shape);
        Shape image = layer.Inputs[0].Shape;
        return Enumerable.Range(0, 2).Any(axis =>
        {
            (_, int before, int after) = window.Padding.Resolve(axis, image[axis + 1], window.Size[axis], window.Strides[axis], window.Dilations[axis]);
            return before > 0 || after > 0;
        });
    }
}
