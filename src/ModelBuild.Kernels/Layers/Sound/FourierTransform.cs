using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// The discrete Fourier transform of a length, in double precision: Cooley-Tukey for powers of two, for other lengths by a convolution with
/// a chirp (Bluestein 1970). Immutable; may be used by several threads.
/// </summary>
internal sealed class FourierTransform
{
    private readonly Complex[] _roots;
    private readonly Complex[] _chirp;
    private readonly Complex[] _chirpSpectrum;
    private readonly FourierTransform? _inner;

    /// <param name="length">Number of elements, at least 1.</param>
    public FourierTransform(int length)
    {
        Shapes.Require(length > 0, "a Fourier transform has no elements");
        Length = length;
        _roots = _chirp = _chirpSpectrum = [];
        if (BitOperations.IsPow2(length))
        {
            _roots = new Complex[length / 2];
            for (int i = 0; i < _roots.Length; i++) _roots[i] = Complex.FromPolarCoordinates(1, -2 * Math.PI * i / length);
            return;
        }
        _inner = new FourierTransform((int)BitOperations.RoundUpToPowerOf2((uint)(2 * length - 1)));
        _chirp = new Complex[length];
        _chirpSpectrum = new Complex[_inner.Length];
        for (int i = 0; i < length; i++)
        {
            // i * i modulo the chirp's period, so that the angle stays exact.
            _chirp[i] = Complex.FromPolarCoordinates(1, -Math.PI * ((long)i * i % (2 * length)) / length);
            _chirpSpectrum[i] = Complex.Conjugate(_chirp[i]);
            if (i > 0) _chirpSpectrum[^i] = _chirpSpectrum[i];
        }
        _inner.Forward(_chirpSpectrum, []);
    }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>Elements of working memory that the transform needs.</summary>
    public int Work => _inner?.Length ?? 0;

    /// <summary>Replaces x by the sums of x[j] e^(-2 pi i j k / length) over j.</summary>
    /// <param name="x">As many elements as <see cref="Length"/>.</param>
    /// <param name="work">As many elements as <see cref="Work"/>.</param>
    public void Forward(Span<Complex> x, Span<Complex> work)
    {
        if (_inner is null) PowerOfTwo(x);
        else Chirp(x, work.Slice(0, Work), _inner);
    }

    /// <summary>Replaces x by the mean of x[j] e^(2 pi i j k / length) over j.</summary>
    /// <inheritdoc cref="Forward"/>
    public void Inverse(Span<Complex> x, Span<Complex> work)
    {
        // Swapping the parts of a number before and after turns the transform around.
        for (int i = 0; i < x.Length; i++) x[i] = new Complex(x[i].Imaginary, x[i].Real);
        Forward(x, work);
        for (int i = 0; i < x.Length; i++) x[i] = new Complex(x[i].Imaginary / Length, x[i].Real / Length);
    }

    private void PowerOfTwo(Span<Complex> x)
    {
        for (int i = 1, reversed = 0; i < x.Length; i++)
        {
            int bit = x.Length >> 1;
            for (; (reversed & bit) != 0; bit >>= 1) reversed ^= bit;
            reversed ^= bit;
            if (i < reversed) (x[i], x[reversed]) = (x[reversed], x[i]);
        }
        for (int half = 1; half < x.Length; half *= 2)
        {
            int step = x.Length / (2 * half);
            for (int start = 0; start < x.Length; start += 2 * half)
            {
                for (int i = start; i < start + half; i++)
                {
                    Complex odd = x[i + half] * _roots[(i - start) * step];
                    x[i + half] = x[i] - odd;
                    x[i] += odd;
                }
            }
        }
    }

    private void Chirp(Span<Complex> x, Span<Complex> work, FourierTransform inner)
    {
        work.Clear();
        for (int i = 0; i < x.Length; i++) work[i] = x[i] * _chirp[i];
        inner.Forward(work, []);
        for (int i = 0; i < work.Length; i++) work[i] *= _chirpSpectrum[i];
        inner.Inverse(work, []);
        for (int i = 0; i < x.Length; i++) x[i] = work[i] * _chirp[i];
    }
}
