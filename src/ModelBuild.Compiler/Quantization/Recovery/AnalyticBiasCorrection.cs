using ModelBuild.Compiler.Calibration.DataFree;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization.Reconstruction;

namespace ModelBuild.Compiler.Quantization.Recovery;

/// <summary>
/// Makes up in the bias for what rounding the weights does to the mean of every output, (rounded - real weights) * E[input], with the mean
/// of the input foretold (Nagel et al. 2019, https://arxiv.org/abs/1906.04721, section 4.2). Zeros around images are not regarded.
/// </summary>
internal static class AnalyticBiasCorrection
{
    public static RecoveryState? Run(RecoveryState state, RecoverySetting setting)
    {
        Dictionary<Node, QuantizedWeights> weights = [];
        bool isAny = false;
        foreach ((Node layer, QuantizedWeights rounded) in setting.Quantized(state).Weights)
        {
            bool isTold = state.Moments!.TryGetValue(layer.Inputs[0], out ChannelMoments[]? input);
            bool isKnown = layer.Inputs.Skip(2).All(addend => addend.Constant is not null);
            float[]? bias = isTold && isKnown ? Corrected(layer, rounded, input!) : null;
            weights.Add(layer, bias is null ? rounded : rounded with { Bias = bias });
            isAny |= bias is not null;
        }
        return isAny ? state with { Weights = weights } : null;
    }

    private static float[] Corrected(Node layer, QuantizedWeights rounded, ChannelMoments[] input)
    {
        LayerGeometry geometry = new(layer);
        float[] real = (float[])layer.Inputs[1].Constant!.Data;
        float[] bias = layer.Inputs.Length > 2 ? [.. (float[])layer.Inputs[2].Constant!.Data] : new float[rounded.Scales.Length];
        for (int channel = 0; channel < bias.Length; channel++)
        {
            (int group, int output) = Math.DivRem(channel, geometry.Outputs);
            double shift = 0;
            for (int i = 0; i < geometry.Inputs; i++)
            {
                double stored = rounded.Values[geometry.KernelWeight(group, i, output)] * (double)rounded.Scales[channel];
                shift += (stored - real[geometry.Weight(group, i, output)]) * input[geometry.Channel(group, i)].Mean;
            }
            bias[channel] -= (float)shift;
        }
        return bias;
    }
}
