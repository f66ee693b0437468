using System;

namespace ModelBuild.Kernels;

/// <summary>Mel-frequency cepstral coefficients of a spectrogram of squared magnitudes: TensorFlow's Mfcc.</summary>
internal sealed class Mfcc : Layer
{
    /// <summary>Energies below count as this before the logarithm.</summary>
    private const double LeastEnergy = 1e-12;

    private readonly FlatBuffer<float> _input;
    private readonly FlatBuffer<int> _sampleRate;
    private readonly FlatBuffer<float> _output;
    private readonly FlatBuffer<int> _bands;
    private readonly FlatBuffer<double> _work;
    private readonly int _filters;
    private readonly float _lowest;
    private readonly float _highest;
    private readonly double[] _cosines;

    /// <param name="input">[..., frequencies].</param>
    /// <param name="sampleRate">One element: samples a second.</param>
    /// <param name="output">[..., coefficients].</param>
    /// <param name="bands">[frequencies]: working memory.</param>
    /// <param name="work">[frequencies + filters]: working memory.</param>
    /// <param name="filters">Number of mel filters.</param>
    /// <param name="lowest">Where the first filter begins, in hertz.</param>
    /// <param name="highest">Where the last filter ends, in hertz.</param>
    public Mfcc(
        FlatBuffer<float> input, FlatBuffer<int> sampleRate, FlatBuffer<float> output, FlatBuffer<int> bands, FlatBuffer<double> work,
        int filters, float lowest, float highest)
    {
        int bins = input.Shape[^1];
        Shapes.Require(bands.Length == bins && work.Length == bins + filters, "the working memory does not fit frequencies and filters");
        _input = input;
        _sampleRate = sampleRate;
        _output = output;
        _bands = bands;
        _work = work;
        _filters = filters;
        _lowest = lowest;
        _highest = highest;
        _cosines = Cosines(filters, output.Shape[^1]);
    }

    /// <summary>The discrete cosine transform (type 2, orthogonal but for the constant row): [coefficients][filters].</summary>
    public static double[] Cosines(int filters, int coefficients)
    {
        Shapes.Require(coefficients > 0 && coefficients <= filters, "there are more coefficients than filters");
        double[] cosines = new double[coefficients * filters];
        for (int i = 0; i < cosines.Length; i++)
        {
            (int coefficient, int filter) = Math.DivRem(i, filters);
            cosines[i] = Math.Sqrt(2.0 / filters) * Math.Cos(coefficient * Math.PI / filters * (filter + 0.5));
        }
        return cosines;
    }

    public override void Run(Workspace workspace)
    {
        Span<int> bands = workspace.Elements(_bands);
        Span<double> work = workspace.Elements(_work);
        int sampleRate = workspace.Elements(_sampleRate)[0];
        var filters = new MelFilters(bands, work.Slice(0, bands.Length), sampleRate, _filters, _lowest, _highest);
        Run(workspace.Elements(_input), bands.Length, filters, _cosines, workspace.Elements(_output), work.Slice(bands.Length));
    }

    /// <summary>Computes.</summary>
    /// <param name="source">[rows][frequencies].</param>
    /// <param name="bins">Frequencies.</param>
    /// <param name="filters">The filters.</param>
    /// <param name="cosines">[coefficients][filters], from <see cref="Cosines"/>.</param>
    /// <param name="destination">[rows][coefficients].</param>
    /// <param name="energies">[filters]: working memory.</param>
    public static void Run(
        ReadOnlySpan<float> source, int bins, MelFilters filters, ReadOnlySpan<double> cosines, Span<float> destination, Span<double> energies)
    {
        int coefficients = cosines.Length / filters.Count;
        for (int row = 0; row < source.Length / bins; row++)
        {
            filters.Apply(source.Slice(row * bins, bins), energies);
            foreach (ref double energy in energies) energy = Math.Log(Math.Max(energy, LeastEnergy));
            for (int coefficient = 0; coefficient < coefficients; coefficient++)
            {
                double sum = 0;
                for (int i = 0; i < energies.Length; i++) sum += cosines[coefficient * filters.Count + i] * energies[i];
                destination[row * coefficients + coefficient] = (float)sum;
            }
        }
    }
}
