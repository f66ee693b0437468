using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>Requantises accumulators to the bytes of an image; four outputs make the 32 bits of a pixel.</summary>
internal readonly struct ConvolutionInt8Sink : IConvolutionSink
{
    // Multipliers of a quad, for each pixel of the widest vectors: creating these of four costs more than loading them.
    private const int Repeated = 16;

    // After these FloatSums.Start times each of the four.
    private const int QuadLength = Repeated + 4;

    private readonly float[] _multipliers;
    private readonly bool _floatSums;
    private readonly Requantization _requantization;
    private readonly int _planeBytes;
    private readonly int _originBytes;

    /// <param name="output">The image.</param>
    /// <param name="multipliers">For each output, input scale * weight scale / output scale.</param>
    /// <param name="requantization">Zero point and limits of the output.</param>
    /// <param name="floatSums">True if the accumulators are <see cref="FloatSums"/>.</param>
    public ConvolutionInt8Sink(ImageBuffer output, float[] multipliers, Requantization requantization, bool floatSums = false)
    {
        if (multipliers.Length != output.Channels) throw new ArgumentException("One multiplier an output channel is expected.", nameof(multipliers));
        _multipliers = new float[output.Quads * QuadLength];
        for (int i = 0; i < multipliers.Length; i++)
        {
            Span<float> quad = _multipliers.AsSpan(i / 4 * QuadLength, QuadLength);
            for (int pixel = 0; pixel < Repeated; pixel += 4) quad[i % 4 + pixel] = multipliers[i];
            quad[Repeated + i % 4] = multipliers[i] * FloatSums.Start;
        }
        _floatSums = floatSums;
        _requantization = requantization;
        _planeBytes = output.Size * 4;
        _originBytes = output.Origin * 4;
    }

    /// <inheritdoc/>
    public void Finish(ref byte output, int quad, int pixel, int sum0, int sum1, int sum2, int sum3)
    {
        ref byte target = ref Pixel(ref output, quad, pixel);
        ReadOnlySpan<float> multipliers = _multipliers.AsSpan(quad * QuadLength, 4);
        int start = _floatSums ? FloatSums.StartBits : 0;
        target = _requantization.ToByte((sum0 - start) * multipliers[0]);
        Unsafe.Add(ref target, 1) = _requantization.ToByte((sum1 - start) * multipliers[1]);
        Unsafe.Add(ref target, 2) = _requantization.ToByte((sum2 - start) * multipliers[2]);
        Unsafe.Add(ref target, 3) = _requantization.ToByte((sum3 - start) * multipliers[3]);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ByOutput(
        ref byte output, int quad, int pixel, Vector128<int> sums0, Vector128<int> sums1, Vector128<int> sums2, Vector128<int> sums3)
    {
        ref float multiplier = ref Multiplier(quad);
        Vector128<int> bytes = Vector128.Create(ZeroPoints)
            + _requantization.ToCentered(Vector128.ConvertToSingle(sums0) * Vector128.Create(multiplier))
            + (_requantization.ToCentered(Vector128.ConvertToSingle(sums1) * Vector128.Create(Unsafe.Add(ref multiplier, 1))) << 8)
            + (_requantization.ToCentered(Vector128.ConvertToSingle(sums2) * Vector128.Create(Unsafe.Add(ref multiplier, 2))) << 16)
            + (_requantization.ToCentered(Vector128.ConvertToSingle(sums3) * Vector128.Create(Unsafe.Add(ref multiplier, 3))) << 24);
        bytes.AsByte().StoreUnsafe(ref Pixel(ref output, quad, pixel));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ByOutput(
        ref byte output, int quad, int pixel, Vector256<int> sums0, Vector256<int> sums1, Vector256<int> sums2, Vector256<int> sums3)
    {
        ref float multiplier = ref Multiplier(quad);
        Vector256<byte> bytes;
        if (Avx512BW.IsSupported && _floatSums)
        {
            bytes = _requantization.ToBytes(
                FromFloat(sums0, ref multiplier), FromFloat(sums1, ref Unsafe.Add(ref multiplier, 1)),
                FromFloat(sums2, ref Unsafe.Add(ref multiplier, 2)), FromFloat(sums3, ref Unsafe.Add(ref multiplier, 3)));
        }
        else
        {
            bytes = _requantization.Raise(
                FromInt(sums0, Vector256.Create(multiplier)), FromInt(sums1, Vector256.Create(Unsafe.Add(ref multiplier, 1))),
                FromInt(sums2, Vector256.Create(Unsafe.Add(ref multiplier, 2))), FromInt(sums3, Vector256.Create(Unsafe.Add(ref multiplier, 3))));
        }
        Avx2.Shuffle(bytes, Transposition.GetLower()).StoreUnsafe(ref Pixel(ref output, quad, pixel));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ByOutput(
        ref byte output, int quad, int pixel, Vector512<int> sums0, Vector512<int> sums1, Vector512<int> sums2, Vector512<int> sums3)
    {
        ref float multiplier = ref Multiplier(quad);
        Vector512<float> values0, values1, values2, values3;
        if (_floatSums)
        {
            values0 = FromFloat(sums0, ref multiplier);
            values1 = FromFloat(sums1, ref Unsafe.Add(ref multiplier, 1));
            values2 = FromFloat(sums2, ref Unsafe.Add(ref multiplier, 2));
            values3 = FromFloat(sums3, ref Unsafe.Add(ref multiplier, 3));
        }
        else
        {
            values0 = FromInt(sums0, Vector512.Create(multiplier));
            values1 = FromInt(sums1, Vector512.Create(Unsafe.Add(ref multiplier, 1)));
            values2 = FromInt(sums2, Vector512.Create(Unsafe.Add(ref multiplier, 2)));
            values3 = FromInt(sums3, Vector512.Create(Unsafe.Add(ref multiplier, 3)));
        }
        Vector512<byte> bytes = _requantization.ToBytes(values0, values1, values2, values3);
        Avx512BW.Shuffle(bytes, Transposition).StoreUnsafe(ref Pixel(ref output, quad, pixel));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ByPixel(
        ref byte output, int quad, int pixel, Vector128<int> sums0, Vector128<int> sums1, Vector128<int> sums2, Vector128<int> sums3)
    {
        Vector128<float> multipliers = Vector128.LoadUnsafe(ref Multiplier(quad));
        Vector128<short> zeroPoint = Vector128.Create((short)_requantization.ZeroPoint);
        Vector128<int> q0 = _requantization.ToCentered(Vector128.ConvertToSingle(sums0) * multipliers);
        Vector128<int> q1 = _requantization.ToCentered(Vector128.ConvertToSingle(sums1) * multipliers);
        Vector128<int> q2 = _requantization.ToCentered(Vector128.ConvertToSingle(sums2) * multipliers);
        Vector128<int> q3 = _requantization.ToCentered(Vector128.ConvertToSingle(sums3) * multipliers);
        Vector128<ushort> low = (Vector128.Narrow(q0, q1) + zeroPoint).AsUInt16();
        Vector128<ushort> high = (Vector128.Narrow(q2, q3) + zeroPoint).AsUInt16();
        Vector128.Narrow(low, high).StoreUnsafe(ref Pixel(ref output, quad, pixel));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ByPixel(
        ref byte output, int quad, int pixel, Vector256<int> sums0, Vector256<int> sums1, Vector256<int> sums2, Vector256<int> sums3)
    {
        ToBytes(quad, sums0, sums1, sums2, sums3).StoreUnsafe(ref Pixel(ref output, quad, pixel));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ByPixel(
        ref byte output, int quad, int pixel, Vector512<int> sums0, Vector512<int> sums1, Vector512<int> sums2, Vector512<int> sums3)
    {
        ToBytes(quad, sums0, sums1, sums2, sums3).StoreUnsafe(ref Pixel(ref output, quad, pixel));
    }

    /// <summary>
    /// Eight pixels from <paramref name="pixel"/> on (a) and eight from <paramref name="otherPixel"/> on (b). As <c>ByPixel</c>, but vector k has
    /// pixels 2 * k and 2 * k + 1. AVX2.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void InOrder(
        ref byte output, int quad, int pixel, int otherPixel, Vector256<int> a0, Vector256<int> a1, Vector256<int> a2, Vector256<int> a3,
        Vector256<int> b0, Vector256<int> b1, Vector256<int> b2, Vector256<int> b3)
    {
        if (Avx512BW.IsSupported)
        {
            Vector512<int> order = Vector512.Create(0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15);
            Vector512<int> bytes = ToBytes(
                quad, VectorHalves.Join(a0, b0), VectorHalves.Join(a1, b1), VectorHalves.Join(a2, b2), VectorHalves.Join(a3, b3)).AsInt32();
            bytes = Avx512F.PermuteVar16x32(bytes, order);
            bytes.GetLower().AsByte().StoreUnsafe(ref Pixel(ref output, quad, pixel));
            bytes.GetUpper().AsByte().StoreUnsafe(ref Pixel(ref output, quad, otherPixel));
        }
        else
        {
            Vector256<int> order = Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7);
            Vector256<int> bytes = ToBytes(quad, a0, a1, a2, a3).AsInt32(), otherBytes = ToBytes(quad, b0, b1, b2, b3).AsInt32();
            Avx2.PermuteVar8x32(bytes, order).AsByte().StoreUnsafe(ref Pixel(ref output, quad, pixel));
            Avx2.PermuteVar8x32(otherBytes, order).AsByte().StoreUnsafe(ref Pixel(ref output, quad, otherPixel));
        }
    }

    /// <summary>In each 128 bits the outputs of four pixels, each from another of the vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<byte> ToBytes(int quad, Vector256<int> sums0, Vector256<int> sums1, Vector256<int> sums2, Vector256<int> sums3)
    {
        Vector256<float> multipliers = Vector256.LoadUnsafe(ref Multiplier(quad));
        if (!_floatSums)
        {
            return _requantization.ToBytes(
                FromInt(sums0, multipliers), FromInt(sums1, multipliers), FromInt(sums2, multipliers), FromInt(sums3, multipliers));
        }
        Vector256<float> start = multipliers * FloatSums.Start;
        return _requantization.ToBytes(
            FromFloat(sums0, multipliers, start), FromFloat(sums1, multipliers, start),
            FromFloat(sums2, multipliers, start), FromFloat(sums3, multipliers, start));
    }

    /// <inheritdoc cref="ToBytes(int, Vector256{int}, Vector256{int}, Vector256{int}, Vector256{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<byte> ToBytes(int quad, Vector512<int> sums0, Vector512<int> sums1, Vector512<int> sums2, Vector512<int> sums3)
    {
        Vector512<float> multipliers = Vector512.LoadUnsafe(ref Multiplier(quad));
        if (!_floatSums)
        {
            return _requantization.ToBytes(
                FromInt(sums0, multipliers), FromInt(sums1, multipliers), FromInt(sums2, multipliers), FromInt(sums3, multipliers));
        }
        Vector512<float> start = multipliers * FloatSums.Start;
        return _requantization.ToBytes(
            FromFloat(sums0, multipliers, start), FromFloat(sums1, multipliers, start),
            FromFloat(sums2, multipliers, start), FromFloat(sums3, multipliers, start));
    }

    /// <summary>Values of one output's <see cref="FloatSums"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> FromFloat(Vector256<int> sums, ref float multiplier) =>
        FromFloat(sums, Vector256.Create(multiplier), Vector256.Create(Unsafe.Add(ref multiplier, Repeated)));

    /// <inheritdoc cref="FromFloat(Vector256{int}, ref float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> FromFloat(Vector512<int> sums, ref float multiplier) =>
        FromFloat(sums, Vector512.Create(multiplier), Vector512.Create(Unsafe.Add(ref multiplier, Repeated)));

    /// <summary>Values of <see cref="FloatSums"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> FromFloat(Vector256<int> sums, Vector256<float> multipliers, Vector256<float> starts) =>
        Fma.MultiplySubtract(sums.AsSingle(), multipliers, starts);

    /// <inheritdoc cref="FromFloat(Vector256{int}, Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> FromFloat(Vector512<int> sums, Vector512<float> multipliers, Vector512<float> starts) =>
        Avx512F.FusedMultiplySubtract(sums.AsSingle(), multipliers, starts);

    /// <summary>Values of integer sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> FromInt(Vector256<int> sums, Vector256<float> multipliers) =>
        _requantization.Lower(Vector256.ConvertToSingle(sums) * multipliers);

    /// <inheritdoc cref="FromInt(Vector256{int}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> FromInt(Vector512<int> sums, Vector512<float> multipliers) =>
        _requantization.Lower(Vector512.ConvertToSingle(sums) * multipliers);

    /// <summary>Of 4x4 bytes in each 128 bits: brings the four outputs of a pixel together, which packed lie in blocks of four pixels.</summary>
    private static Vector512<byte> Transposition => Vector512.Create(
        0x0C080400, 0x0D090501, 0x0E0A0602, 0x0F0B0703, 0x0C080400, 0x0D090501, 0x0E0A0602, 0x0F0B0703,
        0x0C080400, 0x0D090501, 0x0E0A0602, 0x0F0B0703, 0x0C080400, 0x0D090501, 0x0E0A0602, 0x0F0B0703).AsByte();

    /// <summary>The zero point in each of the four bytes: the sum of shifted centred values plus this has no carries between them.</summary>
    private int ZeroPoints => _requantization.ZeroPoint * 0x01010101;

    private ref float Multiplier(int quad) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_multipliers), quad * QuadLength);

    private ref byte Pixel(ref byte output, int quad, int pixel) => ref Unsafe.Add(ref output, quad * _planeBytes + _originBytes + pixel * 4);
}
