namespace ModelBuild.Compiler.Validation;

/// <summary>Share of samples whose greatest score is that of the right class.</summary>
/// <param name="Correct">Samples classified right.</param>
/// <param name="Samples">All samples.</param>
public readonly record struct Accuracy(int Correct, int Samples)
{
    /// <summary>In percent.</summary>
    public double Percent => 100.0 * Correct / Samples;

    /// <summary>
    /// Where the accuracy on all samples of the kind lies with 95 % confidence, in percent: Wilson's score interval (Probable inference,
    /// the law of succession, and statistical inference, 1927).
    /// </summary>
    public Interval Interval
    {
        get
        {
            double share = (double)Correct / Samples, square = Interval.Deviations * Interval.Deviations / Samples;
            double centre = (share + square / 2) / (1 + square);
            double reach = Math.Sqrt(square * share * (1 - share) + square * square / 4) / (1 + square);
            return new Interval(100 * Math.Max(0, centre - reach), 100 * Math.Min(1, centre + reach));
        }
    }

    /// <summary>Counts samples whose class was found.</summary>
    /// <param name="labels">The right class of each sample.</param>
    /// <param name="classes">The one that was found.</param>
    internal static Accuracy Of(IReadOnlyList<int> labels, IReadOnlyList<int> classes) =>
        new(labels.Zip(classes).Count(pair => pair.First == pair.Second), labels.Count);
}
