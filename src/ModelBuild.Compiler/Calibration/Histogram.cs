namespace ModelBuild.Compiler.Calibration;

/// <summary>
/// Counts elements by size in bounded memory. Bins are multiples of a power of two wide, which doubles when an element does not
/// fit, so that the counts depend on the elements alone and not on the order in which they came.
/// </summary>
internal sealed class Histogram
{
    // Bins on each side of zero. The greatest element lies in the outer half of a side.
    private const int Side = 4096;

    private readonly long[] _counts = new long[2 * Side];

    // Width of a bin is 2^_exponent; below any float to begin with.
    private int _exponent = int.MinValue;

    /// <summary>Number of bins.</summary>
    public const int Bins = 2 * Side;

    /// <summary>Elements counted.</summary>
    public long Total { get; private set; }

    /// <summary>Width of a bin in real units.</summary>
    public double Width => Math.ScaleB(1, _exponent);

    /// <summary>Elements in each bin, by rising size.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>The number that the elements of a bin stand for: its middle.</summary>
    public double Middle(int bin) => (bin - Side + 0.5) * Width;

    /// <summary>The bin of a number, the outermost ones for what lies outside.</summary>
    public int Bin(double number) => (int)Math.Clamp(Math.Floor(number / Width) + Side, 0, Bins - 1);

    /// <summary>Counts elements; what is not finite does not count.</summary>
    /// <param name="elements">The elements.</param>
    /// <param name="range">Their range.</param>
    public void Add(ReadOnlySpan<float> elements, ValueRange range)
    {
        if (range.IsEmpty) return;
        Widen(Math.Max(Math.Abs(range.Minimum), Math.Abs(range.Maximum)));
        // A power of two, so that the product is exact and the bin the same in any order; the least is a normal float's inverse.
        double inverse = Math.ScaleB(1, -_exponent);
        foreach (float element in elements)
        {
            if (!float.IsFinite(element)) continue;
            _counts[(int)Math.Floor(element * inverse) + Side]++;
            Total++;
        }
    }

    private void Widen(float greatest)
    {
        int least = greatest == 0 ? int.MinValue : Math.ILogB(greatest) + 1 - Math.ILogB(Side);
        int wanted = Math.Max(least, Math.ILogB(float.Epsilon));
        if (_exponent == int.MinValue) _exponent = wanted;
        if (wanted > _exponent) Join(wanted - _exponent);
        _exponent = Math.Max(_exponent, wanted);
    }

    /// <summary>Joins each 2^<paramref name="shift"/> neighbouring bins.</summary>
    private void Join(int shift)
    {
        long[] before = [.. _counts];
        Array.Clear(_counts);
        // Further shifts change nothing: all is in the two bins beside zero.
        int most = Math.Min(shift, sizeof(int) * 8 - 1);
        for (int bin = 0; bin < before.Length; bin++) _counts[(bin - Side >> most) + Side] += before[bin];
    }
}
