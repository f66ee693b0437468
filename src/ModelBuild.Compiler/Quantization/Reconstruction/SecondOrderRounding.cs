namespace ModelBuild.Compiler.Quantization.Reconstruction;

/// <summary>
/// Rounds the weights of a group to levels so that the outputs over the calibration data stay what they were: one input after the
/// other, the error of each spread over the inputs not yet rounded (GPTQ, Frantar et al. 2022, https://arxiv.org/abs/2210.17323).
/// </summary>
internal sealed class SecondOrderRounding
{
    private const int Levels = 127;

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

    /// <summary>Levels [output][input] of the weights.</summary>
    /// <param name="moments">Statistics of the group.</param>
    /// <param name="weights">[input][output], float weights.</param>
    /// <param name="scales">One an output.</param>
    /// <returns>Null where the statistics do not allow it: inputs that are always the same.</returns>
    public static sbyte[]? Round(SecondMoments moments, double[] weights, float[] scales)
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
        return SymmetricMatrix.TryFactorInverse(factor, inputs) ? new SecondOrderRounding(moments, order, factor).Round(weights, scales) : null;
    }

    private sbyte[] Round(double[] weights, float[] scales)
    {
        sbyte[] levels = new sbyte[weights.Length];
        int chunks = (Outputs + Chunk - 1) / Chunk;
        if (chunks == 1) RoundChunk(0);
        else Parallel.For(0, chunks, RoundChunk);
        return levels;

        void RoundChunk(int chunk)
        {
            int first = chunk * Chunk, count = Math.Min(Chunk, Outputs - first);
            Round(Ordered(weights, first, count), scales.AsSpan(first, count), levels.AsSpan(first * Inputs));
        }
    }

    /// <summary>Weights [input in order][output] of some outputs.</summary>
    private double[] Ordered(double[] weights, int first, int count)
    {
        double[] ordered = new double[Inputs * count];
        for (int i = 0; i < Inputs; i++) weights.AsSpan(_order[i] * Outputs + first, count).CopyTo(ordered.AsSpan(i * count));
        return ordered;
    }

    private void Round(double[] weights, ReadOnlySpan<float> scales, Span<sbyte> levels)
    {
        int count = scales.Length;
        double[] error = new double[count];
        for (int i = 0; i < Inputs; i++)
        {
            ReadOnlySpan<double> row = weights.AsSpan(i * count, count);
            double pivot = _factor[i * Inputs + i];
            for (int o = 0; o < count; o++)
            {
                double level = Math.Clamp(Math.Round(row[o] / scales[o]), -Levels, Levels);
                levels[o * Inputs + _order[i]] = (sbyte)level;
                error[o] = (row[o] - level * scales[o]) / pivot;
            }
            for (int j = i + 1; j < Inputs; j++) SymmetricMatrix.AddScaled(weights.AsSpan(j * count, count), error, -_factor[i * Inputs + j]);
        }
    }
}
