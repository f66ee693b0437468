using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// Magnitudes of the short-time Fourier transform of sound with a periodic Hann window: TensorFlow's AudioSpectrogram. The window is filled
/// up with zeros to a power of two; samples after the last whole window are not used.
/// </summary>
internal sealed class Spectrogram : Layer
{
    private readonly FlatBuffer<float> _input;
    private readonly FlatBuffer<float> _output;
    private readonly FlatBuffer<double> _work;
    private readonly SpectrogramWindow _window;
    private readonly int _stride;
    private readonly bool _squared;

    /// <param name="input">[samples, channels].</param>
    /// <param name="output">[channels, times, frequencies].</param>
    /// <param name="work">[2, transform length]: working memory.</param>
    /// <param name="windowSize">Samples of a window.</param>
    /// <param name="stride">Samples from one window to the next.</param>
    /// <param name="squared">Squares of the magnitudes.</param>
    public Spectrogram(FlatBuffer<float> input, FlatBuffer<float> output, FlatBuffer<double> work, int windowSize, int stride, bool squared)
    {
        _input = input;
        _output = Shapes.Shaped(output, OutputShape(input.Shape, windowSize, stride));
        _work = work;
        _window = new SpectrogramWindow(windowSize);
        _stride = stride;
        _squared = squared;
        Shapes.Require(work.Length == 2 * _window.TransformLength, "the working memory is not two a bin");
    }

    /// <summary>[channels, times, frequencies] for sound [samples, channels].</summary>
    public static int[] OutputShape(ReadOnlySpan<int> shape, int windowSize, int stride)
    {
        bool isPossible = shape.Length == 2 && windowSize >= 2 && stride > 0;
        Shapes.Require(isPossible, "a spectrogram needs [samples, channels], two samples a window and a stride");
        int times = shape[0] < windowSize ? 0 : 1 + (shape[0] - windowSize) / stride;
        return [shape[1], times, 1 + (int)BitOperations.RoundUpToPowerOf2((uint)windowSize) / 2];
    }

    public override void Run(Workspace workspace)
    {
        Span<Complex> work = System.Runtime.InteropServices.MemoryMarshal.Cast<double, Complex>(workspace.Elements(_work));
        Run(workspace.Elements(_input), _input.Shape[1], _window, _stride, _squared, workspace.Elements(_output), work);
    }

    /// <summary>Transforms.</summary>
    /// <param name="source">[samples][channels].</param>
    /// <param name="channels">Channels.</param>
    /// <param name="window">The window.</param>
    /// <param name="stride">Samples from one window to the next.</param>
    /// <param name="squared">Squares of the magnitudes.</param>
    /// <param name="destination">[channels][times][frequencies].</param>
    /// <param name="work">As many elements as the transform has.</param>
    public static void Run(
        ReadOnlySpan<float> source, int channels, SpectrogramWindow window, int stride, bool squared, Span<float> destination,
        Span<Complex> work)
    {
        int bins = window.TransformLength / 2 + 1;
        int rows = destination.Length / bins;
        for (int row = 0; row < rows; row++)
        {
            (int channel, int time) = Math.DivRem(row, rows / channels);
            window.Transform(source.Slice(time * stride * channels + channel), channels, work);
            Span<float> spectrum = destination.Slice(row * bins, bins);
            for (int bin = 0; bin < bins; bin++)
            {
                float power = (float)(work[bin].Real * work[bin].Real + work[bin].Imaginary * work[bin].Imaginary);
                spectrum[bin] = squared ? power : MathF.Sqrt(power);
            }
        }
    }
}
