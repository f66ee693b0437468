namespace ModelBuild.Compiler.Calibration;

/// <summary>The ranges that the statistics of a value suggest, by each method.</summary>
internal static class RangeChoice
{
    // Weight of the past in a moving average, as in TensorFlow's quantisation-aware training would be 0.99; calibration has fewer samples.
    private const float Momentum = 0.9f;

    /// <summary>The range by a method that needs nothing but the statistics. Ends that the operation bounds are not cut.</summary>
    /// <param name="statistics">Of the value, with at least one finite element.</param>
    /// <param name="bounds">Of the operation that computes it.</param>
    /// <param name="method">Any but Auto.</param>
    public static ValueRange Of(ValueStatistics statistics, ValueRange bounds, CalibrationMethod method)
    {
        ValueRange all = statistics.Range;
        ValueRange range = method.Kind switch
        {
            CalibrationKind.MinMax => all,
            CalibrationKind.MovingAverage => MovingAverage(statistics.Ranges),
            CalibrationKind.Percentile => Percentile(statistics, method.Percentile),
            CalibrationKind.Entropy => EntropyRange.Of(statistics),
            CalibrationKind.Mse => SquaredErrorRange.Of(statistics),
            _ => throw new ArgumentOutOfRangeException(nameof(method)),
        };
        return new ValueRange(
            float.IsFinite(bounds.Minimum) ? all.Minimum : Math.Max(range.Minimum, all.Minimum),
            float.IsFinite(bounds.Maximum) ? all.Maximum : Math.Min(range.Maximum, all.Maximum));
    }

    private static ValueRange MovingAverage(IReadOnlyList<ValueRange> ranges)
    {
        ValueRange average = ValueRange.Empty;
        foreach (ValueRange range in ranges.Where(range => !range.IsEmpty))
            average = average.IsEmpty ? range : new ValueRange(
                average.Minimum * Momentum + range.Minimum * (1 - Momentum), average.Maximum * Momentum + range.Maximum * (1 - Momentum));
        return average;
    }

    /// <summary>A tail on each side is cut, each half of what lies outside the percentile.</summary>
    private static ValueRange Percentile(ValueStatistics statistics, double percentile)
    {
        Histogram histogram = statistics.Histogram;
        double tail = histogram.Total * (1 - percentile / 100) / 2;
        int low = 0, high = Histogram.Bins - 1;
        for (long below = histogram.Counts[low]; below <= tail; below += histogram.Counts[low]) low++;
        for (long above = histogram.Counts[high]; above <= tail; above += histogram.Counts[high]) high--;
        double half = histogram.Width / 2;
        return new ValueRange((float)(histogram.Middle(low) - half), (float)(histogram.Middle(high) + half));
    }
}
