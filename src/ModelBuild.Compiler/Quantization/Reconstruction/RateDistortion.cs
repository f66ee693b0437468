using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Quantization.Reconstruction;

/// <summary>
/// Chooses steps and levels of a layer with regard to the length of their code: the least
/// <c>sensitivity * output error + lambda * bits</c>, as in rate-distortion quantisation (DeepCABAC, Wiedemann et al. 2020,
/// https://arxiv.org/abs/1907.11900), but on the grid that int8 kernels execute.
/// </summary>
/// <param name="lambda">What a bit costs, in units of the network's output error.</param>
/// <param name="sensitivities">The network's output error for an output error of 1 of each layer.</param>
internal sealed class RateDistortion(double lambda, IReadOnlyDictionary<Node, double> sensitivities)
{
    // Levels and the code they are counted for depend on each other; twice round is enough.
    private const int Rounds = 2;

    // Counted for a level that does not occur, so that its code is long and not infinite.
    private const double Unseen = 0.05;

    // Steps in units of the finest, with which the greatest weight of a channel is level 127.
    private static readonly float[] Multiples = [1, 1.5f, 2, 3, 4, 6, 8, 12, 16, 24, 32];

    /// <summary>The weights of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="groups">Its groups.</param>
    /// <param name="geometry">Its form.</param>
    /// <param name="plain">The weights with the finest steps, rounded to the nearest.</param>
    /// <param name="ratio">Input scale over output scale, for <see cref="MultiplierGrid"/>.</param>
    public QuantizedWeights Choose(Node layer, GroupRounding[] groups, LayerGeometry geometry, QuantizedWeights plain, float ratio)
    {
        double sensitivity = sensitivities[layer], least = double.PositiveInfinity;
        QuantizedWeights best = plain;
        foreach (float multiple in Multiples)
        {
            float[] scales = Array.ConvertAll(plain.Scales, scale => MultiplierGrid.RoundScaleUp(scale * multiple, ratio));
            QuantizedWeights weights = plain with { Scales = scales };
            double[] bits = LevelBits(Nearest(groups, geometry, weights));
            double error = 0;
            for (int round = 0; round < Rounds; round++)
            {
                double[] costs = Array.ConvertAll(bits, length => length * lambda / sensitivity);
                (weights, error) = GroupRounding.RoundAll(groups, geometry, weights, costs);
                bits = LevelBits(weights.Values);
            }
            double cost = sensitivity * error + lambda * weights.Values.Sum(level => bits[level + SecondOrderRounding.Levels]);
            if (cost < least) (best, least) = (weights, cost);
        }
        return best;
    }

    /// <summary>Bits of each level, by level + 127, in an ideal code for the frequencies of <paramref name="levels"/>.</summary>
    private static double[] LevelBits(sbyte[] levels)
    {
        double[] counts = new double[2 * SecondOrderRounding.Levels + 1];
        Array.Fill(counts, Unseen);
        foreach (sbyte level in levels) counts[level + SecondOrderRounding.Levels]++;
        double sum = counts.Sum();
        return Array.ConvertAll(counts, count => -Math.Log2(count / sum));
    }

    private static sbyte[] Nearest(GroupRounding[] groups, LayerGeometry geometry, QuantizedWeights weights)
    {
        sbyte[] levels = new sbyte[weights.Values.Length];
        for (int i = 0; i < levels.Length; i++)
        {
            (int channel, int input) = Math.DivRem(i, geometry.Inputs);
            (int group, int output) = Math.DivRem(channel, geometry.Outputs);
            double real = groups[group].Weights[input * geometry.Outputs + output] / weights.Scales[channel];
            levels[i] = (sbyte)Math.Clamp(Math.Round(real), -SecondOrderRounding.Levels, SecondOrderRounding.Levels);
        }
        return levels;
    }
}
