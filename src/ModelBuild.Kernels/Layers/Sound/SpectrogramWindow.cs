using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>A periodic Hann window and the Fourier transform of what it cuts out, filled up with zeros to a power of two.</summary>
internal sealed class SpectrogramWindow
{
    private readonly double[] _weights;
    private readonly FourierTransform _transform;

    /// <param name="size">Samples of the window.</param>
    public SpectrogramWindow(int size)
    {
        _weights = new double[size];
        for (int i = 0; i < size; i++) _weights[i] = 0.5 - 0.5 * Math.Cos(2 * Math.PI * i / size);
        _transform = new FourierTransform((int)BitOperations.RoundUpToPowerOf2((uint)size));
    }

    /// <summary>Elements of the transform.</summary>
    public int TransformLength => _transform.Length;

    /// <summary>Transforms a window.</summary>
    /// <param name="samples">Begins with the first sample of the window.</param>
    /// <param name="stride">Elements from one sample to the next.</param>
    /// <param name="spectrum">Gets the transform.</param>
    public void Transform(ReadOnlySpan<float> samples, int stride, Span<Complex> spectrum)
    {
        spectrum.Clear();
        for (int i = 0; i < _weights.Length; i++) spectrum[i] = samples[i * stride] * _weights[i];
        _transform.Forward(spectrum, []);
    }
}
