using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// Turns accumulators, of an input whose range was found at run time, into floats, NHWC:
/// <c>clamp(float(sum - zeroPoint * sum(weights)) * (rangeScale * scale) + bias)</c>, one multiplication and one addition, not fused, so
/// that all instruction sets give the same bits. Accumulators between the rows of the image are dropped.
/// </summary>
internal readonly struct ConvolutionHybridSink : IConvolutionSink
{
    private readonly HybridScales _scales;
    private readonly float _rangeScale;
    private readonly int _zeroPoint;
    private readonly int _height;
    private readonly int _width;
    private readonly int _channels;
    private readonly int _pitch;

    /// <param name="scales">Scales, bias and limits.</param>
    /// <param name="range">{scale, zeroPoint} of the input.</param>
    /// <param name="output">[..., height, width, channels].</param>
    /// <param name="pitch">Pixels from one row of accumulators to the next.</param>
    public ConvolutionHybridSink(HybridScales scales, ReadOnlySpan<float> range, FlatBuffer<float> output, int pitch)
    {
        _scales = scales;
        _rangeScale = range[0];
        _zeroPoint = (int)range[1];
        _height = output.Shape[^3];
        _width = output.Shape[^2];
        _channels = output.Shape[^1];
        _pitch = pitch;
    }

    /// <inheritdoc/>
    public void Finish(ref byte output, int quad, int pixel, int sum0, int sum1, int sum2, int sum3)
    {
        ReadOnlySpan<int> sums = [sum0, sum1, sum2, sum3];
        Span<float> values = stackalloc float[4];
        for (int i = 0; i < 4; i++) values[i] = _scales.ToFloat(sums[i], quad * 4 + i, _rangeScale, _zeroPoint);
        Scatter(ref output, quad, pixel, values);
    }

    /// <inheritdoc/>
    public void ByOutput(
        ref byte output, int quad, int pixel, Vector128<int> sums0, Vector128<int> sums1, Vector128<int> sums2, Vector128<int> sums3)
    {
        // Zip of 32-bit, then of 64-bit lanes: a 4x4 transposition.
        Vector128<long> low01 = Vector128.Create(sums0[0], sums1[0], sums0[1], sums1[1]).AsInt64();
        Vector128<long> high01 = Vector128.Create(sums0[2], sums1[2], sums0[3], sums1[3]).AsInt64();
        Vector128<long> low23 = Vector128.Create(sums2[0], sums3[0], sums2[1], sums3[1]).AsInt64();
        Vector128<long> high23 = Vector128.Create(sums2[2], sums3[2], sums2[3], sums3[3]).AsInt64();
        ByPixel(
            ref output, quad, pixel,
            Vector128.Create(low01.GetLower(), low23.GetLower()).AsInt32(), Vector128.Create(low01.GetUpper(), low23.GetUpper()).AsInt32(),
            Vector128.Create(high01.GetLower(), high23.GetLower()).AsInt32(), Vector128.Create(high01.GetUpper(), high23.GetUpper()).AsInt32());
    }

    /// <inheritdoc/>
    public void ByOutput(
        ref byte output, int quad, int pixel, Vector256<int> sums0, Vector256<int> sums1, Vector256<int> sums2, Vector256<int> sums3)
    {
        Vector256<long> low01 = Avx2.UnpackLow(sums0, sums1).AsInt64(), high01 = Avx2.UnpackHigh(sums0, sums1).AsInt64();
        Vector256<long> low23 = Avx2.UnpackLow(sums2, sums3).AsInt64(), high23 = Avx2.UnpackHigh(sums2, sums3).AsInt64();
        ByPixel(
            ref output, quad, pixel,
            Avx2.UnpackLow(low01, low23).AsInt32(), Avx2.UnpackHigh(low01, low23).AsInt32(),
            Avx2.UnpackLow(high01, high23).AsInt32(), Avx2.UnpackHigh(high01, high23).AsInt32());
    }

    /// <inheritdoc/>
    public void ByOutput(
        ref byte output, int quad, int pixel, Vector512<int> sums0, Vector512<int> sums1, Vector512<int> sums2, Vector512<int> sums3)
    {
        Vector512<long> low01 = Avx512F.UnpackLow(sums0, sums1).AsInt64(), high01 = Avx512F.UnpackHigh(sums0, sums1).AsInt64();
        Vector512<long> low23 = Avx512F.UnpackLow(sums2, sums3).AsInt64(), high23 = Avx512F.UnpackHigh(sums2, sums3).AsInt64();
        ByPixel(
            ref output, quad, pixel,
            Avx512F.UnpackLow(low01, low23).AsInt32(), Avx512F.UnpackHigh(low01, low23).AsInt32(),
            Avx512F.UnpackLow(high01, high23).AsInt32(), Avx512F.UnpackHigh(high01, high23).AsInt32());
    }

    /// <inheritdoc/>
    public void ByPixel(
        ref byte output, int quad, int pixel, Vector128<int> sums0, Vector128<int> sums1, Vector128<int> sums2, Vector128<int> sums3)
    {
        Span<float> values = stackalloc float[16];
        _scales.ToFloats(sums0, quad, _rangeScale, _zeroPoint).CopyTo(values);
        _scales.ToFloats(sums1, quad, _rangeScale, _zeroPoint).CopyTo(values.Slice(4));
        _scales.ToFloats(sums2, quad, _rangeScale, _zeroPoint).CopyTo(values.Slice(8));
        _scales.ToFloats(sums3, quad, _rangeScale, _zeroPoint).CopyTo(values.Slice(12));
        Scatter(ref output, quad, pixel, values);
    }

    /// <inheritdoc/>
    public void ByPixel(
        ref byte output, int quad, int pixel, Vector256<int> sums0, Vector256<int> sums1, Vector256<int> sums2, Vector256<int> sums3)
    {
        ByPixel(ref output, quad, pixel, sums0.GetLower(), sums1.GetLower(), sums2.GetLower(), sums3.GetLower());
        ByPixel(ref output, quad, pixel + 4, sums0.GetUpper(), sums1.GetUpper(), sums2.GetUpper(), sums3.GetUpper());
    }

    /// <inheritdoc/>
    public void ByPixel(
        ref byte output, int quad, int pixel, Vector512<int> sums0, Vector512<int> sums1, Vector512<int> sums2, Vector512<int> sums3)
    {
        ByPixel(ref output, quad, pixel, sums0.GetLower(), sums1.GetLower(), sums2.GetLower(), sums3.GetLower());
        ByPixel(ref output, quad, pixel + 8, sums0.GetUpper(), sums1.GetUpper(), sums2.GetUpper(), sums3.GetUpper());
    }

    /// <summary>Writes four channels of neighbouring pixels, those of the image, to their places.</summary>
    /// <param name="output">The output, floats.</param>
    /// <param name="quad">Which four channels.</param>
    /// <param name="pixel">The first pixel.</param>
    /// <param name="values">[pixels][4].</param>
    private void Scatter(ref byte output, int quad, int pixel, ReadOnlySpan<float> values)
    {
        int channels = Math.Min(4, _channels - quad * 4);
        (int y, int x) = Math.DivRem(pixel, _pitch);
        for (; values.Length > 0 && y < _height; values = values.Slice(4))
        {
            if (x < _width)
            {
                ref float target = ref Unsafe.Add(ref Unsafe.As<byte, float>(ref output), (y * _width + x) * _channels + quad * 4);
                values.Slice(0, channels).CopyTo(MemoryMarshal.CreateSpan(ref target, channels));
            }
            if (++x < _pitch) continue;
            x = 0;
            y++;
        }
    }
}
