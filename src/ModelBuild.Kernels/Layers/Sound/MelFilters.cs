using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Triangular filters at equal distances on the mel scale, each rising from the middle of the one below and falling to that of the one
/// above, as HTK and TensorFlow's Mfcc have them: the constant part is left out.
/// </summary>
internal sealed class MelFilters
{
    private readonly int _first;
    private readonly int[] _bands;
    private readonly double[] _weights;

    /// <param name="bins">Frequencies of the spectrum, from 0 to half the sample rate.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="count">Number of filters.</param>
    /// <param name="lowest">Where the first filter begins, in hertz.</param>
    /// <param name="highest">Where the last filter ends, in hertz.</param>
    public MelFilters(int bins, double sampleRate, int count, double lowest, double highest)
    {
        bool isPossible = bins > 1 && sampleRate > 0 && count > 0 && lowest >= 0 && highest > lowest;
        Shapes.Require(isPossible, "a spectrum, sample rate or frequency limit is too small");
        Count = count;
        double width = 0.5 * sampleRate / (bins - 1);
        _first = (int)(1.5 + lowest / width);
        int end = (int)(highest / width) + 1;
        Shapes.Require(end <= bins, "the highest frequency is more than half the sample rate");
        _bands = new int[Math.Max(end - _first, 0)];
        _weights = new double[_bands.Length];
        double start = Mel(lowest);
        double spacing = (Mel(highest) - start) / (count + 1);
        for (int i = 0; i < _bands.Length; i++)
        {
            double mel = Mel((_first + i) * width);
            // Filter b has its middle at start + (b + 1) * spacing; -1 is the rise of the first one.
            int band = -1;
            while (band + 1 < count && start + (band + 2) * spacing < mel) band++;
            _bands[i] = band;
            _weights[i] = (start + (band + 2) * spacing - mel) / spacing;
        }
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
