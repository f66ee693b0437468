using System.Numerics;
using ModelBuild.Kernels.Tests.Tensors;

namespace ModelBuild.Kernels.Tests.Layers.Sound;

/// <summary>Fourier transforms against the definition, and what is made of them.</summary>
public sealed class FourierTests
{
    private static Complex[] Random(int length, int seed)
    {
        NaiveTensor<float> parts = new RandomTensors(seed).Floats([length, 2]);
        return Enumerable.Range(0, length).Select(i => new Complex(parts[i, 0], parts[i, 1])).ToArray();
    }

    [Fact]
    public void EveryLengthByDefinition()
    {
        for (int length = 1; length <= 40; length++)
        {
            Complex[] x = Random(length, length), actual = (Complex[])x.Clone();
            var transform = new FourierTransform(length);
            Complex[] work = new Complex[transform.Work];
            transform.Forward(actual, work);
            for (int k = 0; k < length; k++)
            {
                Complex expected = Complex.Zero;
                for (int j = 0; j < length; j++) expected += x[j] * Complex.FromPolarCoordinates(1, -2 * Math.PI * j * k / length);
                Assert.True(Complex.Abs(expected - actual[k]) < 1e-9, $"length {length}, frequency {k}");
            }
            transform.Inverse(actual, work);
            for (int j = 0; j < length; j++) Assert.True(Complex.Abs(x[j] - actual[j]) < 1e-9, $"length {length}, element {j}");
        }
    }

    [Fact]
    public void APureToneIsOneFrequency()
    {
        // Two channels, the second silent; a window of 12 samples is filled up to 16.
        var sound = NaiveTensor<float>.Build([40, 2], i => i[1] == 0 ? MathF.Cos(2 * MathF.PI * i[0] / 4) : 0);
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(Spectrogram.OutputShape([40, 2], 12, 5));
        Assert.Equal([2, 6, 9], output.Shape);
        float[] actual = run.Run(new Spectrogram(run.Input(sound), output, run.Output<double>([2, 16]), 12, 5, squared: false), output);
        for (int time = 0; time < 6; time++)
        {
            float[] spectrum = actual[(time * 9)..(time * 9 + 9)];
            Assert.Equal(4, Array.IndexOf(spectrum, spectrum.Max()));
            // Half the sum of the window.
            Assert.Equal(3, spectrum[4], 1e-4f);
        }
        Assert.All(actual[54..], magnitude => Assert.Equal(0, magnitude));
    }

    [Fact]
    public void MelFiltersShareEachFrequency()
    {
        var filters = new MelFilters(new int[129], new double[129], 8000, 20, 100, 3800);
        double[] energies = new double[20];
        for (int bin = 0; bin < 129; bin++)
        {
            float[] power = new float[129];
            power[bin] = 4;
            filters.Apply(power, energies);
            double hertz = bin * 4000 / 128.0;
            double sum = energies.Sum();
            Assert.InRange(sum, 0, 2 + 1e-9);
            // Between the middles of the first and the last filter the two that overlap share the magnitude.
            if (hertz is > 200 and < 3300) Assert.Equal(2, sum, 1e-9);
            if (hertz is < 100 or > 3800) Assert.Equal(0, sum);
        }
    }

    [Fact]
    public void TheCosinesAreOrthogonal()
    {
        double[] cosines = Mfcc.Cosines(10, 10);
        for (int a = 0; a < 10; a++)
        {
            for (int b = 0; b < 10; b++)
            {
                double dot = Enumerable.Range(0, 10).Sum(i => cosines[a * 10 + i] * cosines[b * 10 + i]);
                Assert.Equal(a != b ? 0 : a == 0 ? 2 : 1, dot, 1e-12);
            }
        }
    }

    [Fact]
    public void SilenceHasFiniteCoefficients()
    {
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>([1, 2, 5]);
        FlatBuffer<float> silence = run.Input(new NaiveTensor<float>([1, 2, 65], new float[130]));
        FlatBuffer<int> rate = run.Input(new NaiveTensor<int>([], [8000]));
        float[] actual = run.Run(new Mfcc(silence, rate, output, run.Output<int>([65]), run.Output<double>([73]), 8, 20, 4000), output);
        Assert.Equal(8 * Math.Sqrt(2.0 / 8) * Math.Log(1e-12), actual[0], 1e-3);
        Assert.All(actual[1..5], coefficient => Assert.Equal(0, coefficient, 1e-4f));
    }
}
