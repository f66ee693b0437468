using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization.Reconstruction;

namespace ModelBuild.Compiler.Calibration.DataFree;

/// <summary>What a layer with weights makes of the means and variances of its input.</summary>
internal static class LayerMoments
{
    /// <summary>
    /// The outputs before the activation; null where weights or bias are no constants, and of a single pixel, such as the scores of classes
    /// or a gate: what it is computed from, features of the whole image, depends on each other too much.
    /// </summary>
    /// <remarks>
    /// Channels are taken as independent. How much the pixels of a window depend on each other is not known: were they all alike, the
    /// square of the sum of their weights would count, were they independent, the sum of the squares, and with any equal positive
    /// correlation something between, so the greater of both is taken.
    /// </remarks>
    /// <param name="layer">The layer.</param>
    /// <param name="x">Channels of its input.</param>
    public static ChannelMoments[]? Of(Node layer, ChannelMoments[] x)
    {
        if (layer.Inputs.Skip(1).Any(input => input.Constant is null)) return null;
        LayerGeometry geometry = new(layer);
        if (geometry.Pixels == 1) return null;
        float[] weights = (float[])layer.Inputs[1].Constant!.Data;
        float[]? bias = layer.Inputs.Length > 2 ? (float[])layer.Inputs[2].Constant!.Data : null;
        ChannelMoments[] sums = new ChannelMoments[geometry.Groups * geometry.Outputs];
        double[] total = new double[x.Length], squares = new double[x.Length];
        for (int o = 0; o < sums.Length; o++)
        {
            (int group, int output) = Math.DivRem(o, geometry.Outputs);
            Array.Clear(total);
            Array.Clear(squares);
            for (int i = 0; i < geometry.Inputs; i++)
            {
                double weight = weights[geometry.Weight(group, i, output)];
                int channel = geometry.Channel(group, i);
                total[channel] += weight;
                squares[channel] += weight * weight;
            }
            double mean = bias?[o] ?? 0, variance = 0;
            for (int c = 0; c < x.Length; c++)
            {
                mean += total[c] * x[c].Mean;
                variance += Math.Max(total[c] * total[c], squares[c]) * x[c].Variance;
            }
            sums[o] = ChannelMoments.Normal(mean, variance);
        }
        return sums;
    }
}
