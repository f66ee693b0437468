using ModelBuild.Compiler.Coding;

namespace ModelBuild.Compiler.Quantization.Reconstruction;

/// <summary>
/// Chooses steps and levels of a layer with regard to the length of their code: the least
/// <c>sensitivity * output error + lambda * bits</c>, as in rate-distortion quantisation (DeepCABAC, Wiedemann et al. 2020,
/// https://arxiv.org/abs/1907.11900), but on the grid that int8 kernels execute.
/// </summary>
/// <param name="lambda">What a bit costs, in units of the network's output error.</param>
internal sealed class RateDistortion(double lambda)
{
    // Levels and the code they are counted for depend on each other; twice round is enough.
    private const int Rounds = 2;

    // Counted for a level that does not occur, so that its code is long and not infinite.
    private const double Unseen = 0.05;

    // Steps are tried in multiples of the quarters of an octave around the one that theory gives.
    private const int Quarters = 4, MostQuarters = 4 * Quarters;

    // Scales to a sixteenth: multipliers then are few different values, whose code is short.
    private const int MantissaBits = 3;

    // Most that a scale is corrected by at once.
    private const double MostGain = 2;

    /// <summary>The weights of a layer.</summary>
    /// <param name="groups">The groups of a layer.</param>
    /// <param name="geometry">Its form.</param>
    /// <param name="plain">The weights with the finest steps, rounded to the nearest.</param>
    /// <param name="ratio">Input scale over output scale, for <see cref="MultiplierGrid"/>.</param>
    public QuantizedWeights Choose(GroupRounding[] groups, LayerGeometry geometry, QuantizedWeights plain, float ratio)
    {
        double[] ideal = [.. groups.SelectMany(IdealSteps)];
        Dictionary<int, Choice> tried = [];
        int best = 0;
        for (int stride = Quarters; stride > 0; stride /= 2)
        {
            for (bool moved = true; moved;)
            {
                moved = false;
                foreach (int other in (ReadOnlySpan<int>)[best - stride, best + stride])
                    if (Math.Abs(other) <= MostQuarters && Try(other).Cost < Try(best).Cost) (best, moved) = (other, true);
            }
        }
        return Corrected(Try(best));

        Choice Try(int quarters)
        {
            if (tried.TryGetValue(quarters, out Choice? known)) return known;
            double multiple = Math.Pow(2, quarters / (double)Quarters);
            float[] scales = [.. ideal.Zip(plain.Scales, (step, finest) =>
                Math.Max(MultiplierGrid.RoundScale((float)(step * multiple), ratio, MantissaBits), finest))];
            return tried[quarters] = Rounded(plain with { Scales = scales });
        }

        Choice Rounded(QuantizedWeights weights)
        {
            double[] bits = LevelBits(Nearest(groups, geometry, weights));
            for (int round = 0; round < Rounds; round++)
            {
                weights = GroupRounding.RoundAll(groups, geometry, weights, new LayerRate(bits, lambda));
                bits = LevelBits(weights.Values);
            }
            weights = GroupRounding.RefineAll(groups, geometry, weights, new LayerRate(bits, lambda));
            double error = GroupRounding.ErrorsAll(groups, geometry, weights).Sum(channel => channel.Error);
            return new Choice(weights, error + lambda * CodeLength.Of(weights.Values, weights.Shape).Bits);
        }

        // Rounding towards zero makes outputs too small; a channel's scale makes up for that without changing a level.
        QuantizedWeights Corrected(Choice choice)
        {
            (double Error, double Gain)[] errors = GroupRounding.ErrorsAll(groups, geometry, choice.Weights);
            float[] scales = [.. choice.Weights.Scales.Zip(errors, (scale, error) =>
                MultiplierGrid.RoundScale(scale * (float)Math.Clamp(error.Gain, 1 / MostGain, MostGain), ratio, MantissaBits))];
            return GroupRounding.RefineAll(
                groups, geometry, choice.Weights with { Scales = scales }, new LayerRate(LevelBits(choice.Weights.Values), lambda));
        }
    }

    /// <summary>
    /// The step of each channel at which a finer one costs as much as it gains, where levels are many: an error of step^2 / 12 for each
    /// weight and a bit more for half the step, so that lambda = 2 ln 2 * sensitivity * variance * step^2 / 12.
    /// </summary>
    private IEnumerable<double> IdealSteps(GroupRounding group)
    {
        double variance = group.Rounding is { } rounding ? Math.Exp(rounding.LogVariance) : 1;
        return Enumerable.Range(0, group.Curvature.Outputs).Select(o => Math.Sqrt(6 / Math.Log(2) * lambda / (group.Curvature.Rest(o) * variance)));
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

    private sealed record Choice(QuantizedWeights Weights, double Cost);
}
