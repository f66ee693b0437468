namespace ModelBuild.Compiler.Calibration;

/// <summary>The least and the greatest element that a value had over the calibration samples.</summary>
/// <param name="Minimum">Least.</param>
/// <param name="Maximum">Greatest.</param>
internal readonly record struct ValueRange(float Minimum, float Maximum)
{
    /// <summary>The range of nothing.</summary>
    public static readonly ValueRange Empty = new(float.PositiveInfinity, float.NegativeInfinity);

    /// <summary>Of nothing.</summary>
    public bool IsEmpty => !(Minimum <= Maximum);

    /// <summary>The range of both.</summary>
    public ValueRange Union(ValueRange other) => new(Math.Min(Minimum, other.Minimum), Math.Max(Maximum, other.Maximum));

    /// <summary>The range of some elements; what is not finite does not count.</summary>
    public static ValueRange Of(ReadOnlySpan<float> elements)
    {
        float minimum = float.PositiveInfinity, maximum = float.NegativeInfinity;
        foreach (float element in elements)
        {
            if (!float.IsFinite(element)) continue;
            minimum = Math.Min(minimum, element);
            maximum = Math.Max(maximum, element);
        }
        return new ValueRange(minimum, maximum);
    }
}
