namespace ModelBuild.Compiler.Calibration;

/// <summary>The range with the least squared error of the stored elements: rounding within it and clipping outside; each end has its own.</summary>
internal static class SquaredErrorRange
{
    private const double Levels = byte.MaxValue;

    // Variance of what is rounded away, in squares of a step.
    private const double RoundingVariance = 1.0 / 12;

    // Positions of an end that are tried, as parts of the way from zero, and how often the ends are gone through in turn.
    private const int Parts = 100, Rounds = 2;

    /// <summary>The range of a value.</summary>
    public static ValueRange Of(ValueStatistics statistics)
    {
        Histogram histogram = statistics.Histogram;
        (int first, int last) = (histogram.Bin(statistics.Range.Minimum), histogram.Bin(statistics.Range.Maximum));
        ValueRange all = new(Math.Min(statistics.Range.Minimum, 0), Math.Max(statistics.Range.Maximum, 0)), best = all;
        for (int round = 0; round < Rounds; round++)
        {
            best = Least(part => best with { Maximum = all.Maximum * part / Parts });
            best = Least(part => best with { Minimum = all.Minimum * part / Parts });
        }
        return best;

        ValueRange Least(Func<int, ValueRange> candidate) =>
            Enumerable.Range(1, Parts).Select(part => candidate(Parts + 1 - part)).MinBy(range => Error(histogram, first, last, range));
    }

    private static double Error(Histogram histogram, int first, int last, ValueRange range)
    {
        double step = (range.Maximum - (double)range.Minimum) / Levels, error = 0;
        for (int bin = first; bin <= last; bin++)
        {
            long count = histogram.Counts[bin];
            if (count == 0) continue;
            double middle = histogram.Middle(bin), outside = middle - Math.Clamp(middle, range.Minimum, range.Maximum);
            error += count * (outside == 0 ? step * step * RoundingVariance : outside * outside);
        }
        return error;
    }
}
