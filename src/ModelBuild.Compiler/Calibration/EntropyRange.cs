namespace ModelBuild.Compiler.Calibration;

/// <summary>
/// The range whose stored distribution diverges least, by Kullback and Leibler, from the measured one with its tails moved to the
/// ends (S. Migacz, 8-bit inference with TensorRT, GTC 2017; both ends are drawn in together, in proportion).
/// </summary>
internal static class EntropyRange
{
    private const int Levels = byte.MaxValue + 1;

    // Ranges that are tried, from the whole one down, and the least, as shares of the whole.
    private const int Candidates = 100;
    private const double LeastShare = 0.1;

    /// <summary>The range of a value.</summary>
    public static ValueRange Of(ValueStatistics statistics)
    {
        ValueRange all = statistics.Range, best = all;
        double least = double.PositiveInfinity;
        for (int i = 0; i < Candidates; i++)
        {
            double share = 1 - (1 - LeastShare) * i / Candidates;
            ValueRange range = new((float)(all.Minimum * share), (float)(all.Maximum * share));
            double divergence = Divergence(statistics.Histogram, range);
            if (divergence < least) (best, least) = (range, divergence);
        }
        return best;
    }

    private static double Divergence(Histogram histogram, ValueRange range)
    {
        int first = histogram.Bin(range.Minimum), bins = histogram.Bin(range.Maximum) - first + 1, zero = histogram.Bin(0);
        long[] counts = [.. histogram.Counts];
        // Zeros are stored as they are, and behind a relu there are so many that nothing else would count.
        counts[zero] = 0;
        double[] measured = new double[bins];
        for (int bin = 0; bin < Histogram.Bins; bin++) measured[Math.Clamp(bin - first, 0, bins - 1)] += counts[bin];
        double[] stored = Stored(counts.AsSpan(first, bins));
        double sum = stored.Sum(), total = Math.Max(1, histogram.Total - histogram.Counts[zero]), divergence = 0;
        for (int bin = 0; bin < bins; bin++)
        {
            if (measured[bin] == 0) continue;
            // An end that holds nothing but its tail has no stored counterpart.
            double share = Math.Max(stored[bin], 1) / Math.Max(sum, 1);
            divergence += measured[bin] / total * Math.Log(measured[bin] / total / share);
        }
        return divergence;
    }

    /// <summary>What the levels know of the bins: the mean of those bins of a level that are not empty.</summary>
    private static double[] Stored(ReadOnlySpan<long> counts)
    {
        double[] stored = new double[counts.Length];
        for (int level = 0; level < Levels; level++)
        {
            int from = (int)((long)level * counts.Length / Levels), to = (int)((long)(level + 1) * counts.Length / Levels);
            double sum = 0;
            int filled = 0;
            for (int bin = from; bin < to; bin++)
            {
                sum += counts[bin];
                if (counts[bin] > 0) filled++;
            }
            for (int bin = from; bin < to; bin++)
                if (counts[bin] > 0) stored[bin] = sum / filled;
        }
        return stored;
    }
}
