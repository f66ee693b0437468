using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Triangular filters at equal distances on the mel scale, each rising from the middle of the one below and falling to that of the one
/// above, as HTK and TensorFlow's Mfcc have them: the constant part is left out.
/// </summary>
internal readonly ref struct MelFilters
{
    private readonly int _first;
    private readonly ReadOnlySpan<int> _bands;
    private readonly ReadOnlySpan<double> _weights;

    /// <param name="bands">One a frequency of the spectrum, from 0 to half the sample rate: working memory.</param>
    /// <param name="weights">One a frequency: working memory.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="count">Number of filters.</param>
    /// <param name="lowest">Where the first filter begins, in hertz.</param>
    /// <param name="highest">Where the last filter ends, in hertz.</param>
    /// <exception cref="ArgumentException">The spectrum does not reach the highest frequency, or a number is too small.</exception>
    public MelFilters(Span<int> bands, Span<double> weights, double sampleRate, int count, double lowest, double highest)
    {
        int bins = bands.Length;
        bool isPossible = bins > 1 && sampleRate > 0 && count > 0 && lowest >= 0 && highest > lowest;
        Shapes.Require(isPossible, "a spectrum, sample rate or frequency limit is too small");
        Count = count;
        double width = 0.5 * sampleRate / (bins - 1);
        _first = (int)(1.5 + lowest / width);
        int end = (int)(highest / width) + 1;
        Shapes.Require(end <= bins, "the highest frequency is more than half the sample rate");
        int length = Math.Max(end - _first, 0);
        double start = Mel(lowest);
        double spacing = (Mel(highest) - start) / (count + 1);
        for (int i = 0; i < length; i++)
        {
            double mel = Mel((_first + i) * width);
            // Filter b has its middle at start + (b + 1) * spacing; -1 is the rise of the first one.
            int band = -1;
            while (band + 1 < count && start + (band + 2) * spacing < mel) band++;
            bands[i] = band;
            weights[i] = (start + (band + 2) * spacing - mel) / spacing;
        }
        _bands = bands.Slice(0, length);
        _weights = weights.Slice(0, length);
    }

    /// <summary>Number of filters.</summary>
    public int Count { get; }

    /// <summary>Sums the magnitudes under each filter.</summary>
    /// <param name="power">Squared magnitudes of the spectrum.</param>
    /// <param name="energies">One a filter.</param>
    public void Apply(ReadOnlySpan<float> power, Span<double> energies)
    {
        energies.Clear();
        for (int i = 0; i < _bands.Length; i++)
        {
            double magnitude = Math.Sqrt(power[_first + i]);
            double falling = magnitude * _weights[i];
            int band = _bands[i];
            if (band >= 0 && band < energies.Length) energies[band] += falling;
            if (band + 1 < energies.Length) energies[band + 1] += magnitude - falling;
        }
    }

    private static double Mel(double frequency) => 1127 * DoubleMath.LogOnePlus(frequency / 700);
}
