namespace ModelBuild.Compiler.Quantization.Reconstruction;

/// <summary>
/// Rounds the weights of a group to levels so that the outputs over the calibration data stay what they were: one input after the
/// other, the error of each spread over the inputs not yet rounded (GPTQ, Frantar et al. 2022, https://arxiv.org/abs/2210.17323).
/// </summary>
internal sealed class SecondOrderRounding
{
    /// <summary>Levels are -127..127.</summary>
    public const int Levels = 127;

    // Added to the diagonal as a share of its mean: against overfitting to few samples.
    private const double Damping = 0.01;

    // Outputs that a thread rounds together; they do not depend on each other.
    private const int Chunk = 64;

    private readonly SecondMoments _moments;
    private readonly int[] _order;
    private readonly double[] _factor;

    private SecondOrderRounding(SecondMoments moments, int[] order, double[] factor) => (_moments, _order, _factor) = (moments, order, factor);

    private int Inputs => _moments.Inputs;

    private int Outputs => _moments.Outputs;

    /// <summary>Prepares for a group; null where its statistics do not allow it: inputs that are always the same.</summary>
    public static SecondOrderRounding? Create(SecondMoments moments)
    {
        int inputs = moments.Inputs;
        // By falling variance: the inputs that matter most are rounded while many others can still make up for it.
        int[] order = [.. Enumerable.Range(0, inputs).OrderByDescending(i => moments.Covariance[i * inputs + i])];
        double damping = Damping * Enumerable.Range(0, inputs).Average(i => moments.Covariance[i * inputs + i]);
        if (!(damping > 0)) return null;
        double[] factor = new double[inputs * inputs];
        for (int i = 0; i < inputs; i++)
        {
            for (int j = 0; j < inputs; j++) factor[i * inputs + j] = moments.Covariance[order[i] * inputs + order[j]];
            factor[i * inputs + i] += damping;
        }
        return SymmetricMatrix.TryFactorInverse(factor, inputs) ? new SecondOrderRounding(moments, order, factor) : null;
    }

    /// <summary>Rounds, and tells the squared error that the outputs then have, in the mean over the places.</summary>
    /// <param name="weights">[input][output], float weights.</param>
    /// <param name="scales">One an output.</param>
    /// <param name="levelCosts">What a level costs besides its error, by level + 127, in units of the error; null for nothing.</param>
    /// <param name="set">The levels to choose from; with costs, those of int8.</param>
    /// <param name="channel">Output channel of the layer that is the first output of the group.</param>
    /// <returns>Levels [output][input].</returns>
    public (sbyte[] Levels, double Error) Round(double[] weights, float[] scales, double[]? levelCosts, LevelSet set, int channel)
    {
        sbyte[] levels = new sbyte[weights.Length];
        int chunks = (Outputs + Chunk - 1) / Chunk;
        double[] errors = new double[chunks];
        if (chunks == 1) RoundChunk(0);
        else Parallel.For(0, chunks, RoundChunk);
        return (levels, errors.Sum());

        void RoundChunk(int chunk)
        {
            int first = chunk * Chunk, count = Math.Min(Chunk, Outputs - first);
            errors[chunk] = Round(Ordered(weights, first, count), scales.AsSpan(first, count), levels.AsSpan(first * Inputs), levelCosts, set, channel + first);
        }
    }

    /// <summary>Weights [input in order][output] of some outputs.</summary>
    private double[] Ordered(double[] weights, int first, int count)
    {
        double[] ordered = new double[Inputs * count];
        for (int i = 0; i < Inputs; i++) weights.AsSpan(_order[i] * Outputs + first, count).CopyTo(ordered.AsSpan(i * count));
        return ordered;
    }

    private double Round(double[] weights, ReadOnlySpan<float> scales, Span<sbyte> levels, double[]? levelCosts, LevelSet set, int channel)
    {
        int count = scales.Length;
        double[] error = new double[count];
        double sum = 0;
        for (int i = 0; i < Inputs; i++)
        {
            ReadOnlySpan<double> row = weights.AsSpan(i * count, count);
            double pivot = _factor[i * Inputs + i];
            for (int o = 0; o < count; o++)
            {
                double real = row[o] / scales[o], nearest = set.Nearest(real, channel + o, _order[i]);
                double level = levelCosts is null ? nearest : Cheapest(real, nearest, scales[o] / pivot, levelCosts);
                levels[o * Inputs + _order[i]] = (sbyte)level;
                error[o] = (real - level) * scales[o] / pivot;
                sum += error[o] * error[o];
            }
            for (int j = i + 1; j < Inputs; j++) SymmetricMatrix.AddScaled(weights.AsSpan(j * count, count), error, -_factor[i * Inputs + j]);
        }
        return sum;
    }

    /// <summary>Of the nearest level, its neighbour towards zero, and zero, the one with the least error and cost.</summary>
    private static double Cheapest(double real, double nearest, double errorScale, double[] levelCosts)
    {
        double best = nearest, least = Cost(nearest);
        foreach (double level in (ReadOnlySpan<double>)[nearest - Math.Sign(nearest), 0])
        {
            double cost = Cost(level);
            if (cost < least) (best, least) = (level, cost);
        }
        return best;

        double Cost(double level)
        {
            double error = (real - level) * errorScale;
            return error * error + levelCosts[(int)level + Levels];
        }
    }
}
