using ModelBuild.Compiler.Calibration;
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
    public static RecoveryState? Run(RecoveryState state, RecoverySetting setting)
    {
        LayerPair[] pairs = [.. LayerPair.Of(state.Graph).Where(pair => !IsPadded(pair.Second))];
        if (pairs.Length == 0) return null;
        IReadOnlyDictionary<Value, ValueRange[]> ranges =
            ChannelRanges.Measure(state.Graph, pairs.Select(pair => pair.First.Output), setting.Samples, setting.Cancellation);
        LayerParameters parameters = new();
        bool isAny = false;
        foreach (LayerPair pair in pairs)
        {
            float[] offsets = Array.ConvertAll(ranges[pair.First.Output], range => range.IsEmpty ? 0 : Math.Max(range.Minimum, 0));
            if (offsets.All(offset => offset == 0)) continue;
            isAny = true;
            Absorb(pair, offsets, parameters);
        }
        return isAny ? setting.Start(parameters.Apply(state.Graph)) : null;
    }

    private static void Absorb(LayerPair pair, float[] offsets, LayerParameters parameters)
    {
        float[] first = parameters.Bias(pair.First), second = parameters.Bias(pair.Second), weights = parameters.Weights(pair.Second);
        for (int c = 0; c < first.Length; c++) first[c] -= offsets[c];
        for (int i = 0; i < weights.Length; i++) second[i % second.Length] += weights[i] * offsets[pair.InputOf(i)];
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
