namespace ModelBuild.Compiler.Calibration;

/// <summary>What a value was over the calibration samples.</summary>
/// <param name="samples">Number of samples.</param>
internal sealed class ValueStatistics(int samples)
{
    private readonly ValueRange[] _ranges = [.. Enumerable.Repeat(ValueRange.Empty, samples)];

    /// <summary>The range in each sample, in the order of the samples; empty where it was not computed.</summary>
    public IReadOnlyList<ValueRange> Ranges => _ranges;

    /// <summary>Of the elements of all samples.</summary>
    public Histogram Histogram { get; } = new();

    /// <summary>The range over all samples.</summary>
    public ValueRange Range { get; private set; } = ValueRange.Empty;

    /// <summary>Notes a sample; may be called by several threads, and does not depend on their order.</summary>
    public void Add(int sample, ReadOnlySpan<float> elements)
    {
        ValueRange range = ValueRange.Of(elements);
        lock (_ranges)
        {
            _ranges[sample] = range;
            Range = Range.Union(range);
            Histogram.Add(elements, range);
        }
    }
}
