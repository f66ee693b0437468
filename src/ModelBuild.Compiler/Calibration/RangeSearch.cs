using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Calibration;

/// <summary>Chooses the range of a value by what comes of it: the best that a method suggests, then each end drawn in while that helps.</summary>
internal static class RangeSearch
{
    // Each step of an end, how many without gain end the way, and how often the ends are gone through in turn.
    private const float Step = 0.93f;
    private const int Patience = 2, Rounds = 2;

    private static readonly CalibrationMethod[] Methods =
    [
        new(CalibrationKind.MinMax), new(CalibrationKind.MovingAverage), new(CalibrationKind.Percentile), new(CalibrationKind.Entropy), new(CalibrationKind.Mse),
    ];

    /// <summary>The range with the least error.</summary>
    /// <param name="statistics">Of the value.</param>
    /// <param name="bounds">Of the operation that computes it.</param>
    /// <param name="error">What comes of a range.</param>
    public static ValueRange Run(ValueStatistics statistics, ValueRange bounds, Func<ValueRange, double> error)
    {
        (ValueRange Range, double Error) best = Methods.Select(method => RangeChoice.Of(statistics, bounds, method)).Distinct()
            .Select(range => (range, error(range))).MinBy(candidate => candidate.Item2);
        for (int round = 0; round < Rounds; round++)
        {
            ValueRange before = best.Range;
            if (best.Range.Maximum > 0) best = Draw(best, error, range => range with { Maximum = range.Maximum * Step });
            // What an operation cannot fall below, as 0, occurs too often to be cut.
            if (best.Range.Minimum < 0 && !float.IsFinite(bounds.Minimum)) best = Draw(best, error, range => range with { Minimum = range.Minimum * Step });
            if (best.Range == before) break;
        }
        return best.Range;
    }

    private static (ValueRange, double) Draw((ValueRange Range, double Error) best, Func<ValueRange, double> error, Func<ValueRange, ValueRange> step)
    {
        ValueRange range = best.Range;
        for (int misses = 0; misses < Patience;)
        {
            range = step(range);
            double here = error(range);
            if (here < best.Error) (best, misses) = ((range, here), 0);
            else misses++;
        }
        return best;
    }
}
