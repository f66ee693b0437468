using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// The last step of every quantised layer: a real number, in units of the output's scale, becomes a byte,
/// <c>q = zeroPoint + roundToEven(clamp(value, minimum - zeroPoint, maximum - zeroPoint))</c>. NaN becomes the minimum. All
/// forms give the same bits.
/// </summary>
internal readonly struct Requantization
{
    private readonly float _low;
    private readonly float _high;
    private readonly byte _minimum;
    private readonly byte _maximum;
    private readonly bool _isPlain;

    /// <param name="zeroPoint">The byte that stands for zero.</param>
    /// <param name="minimum">Least byte, 0 unless an activation narrows it.</param>
    /// <param name="maximum">Greatest byte, 255 unless an activation narrows it.</param>
    public Requantization(int zeroPoint, int minimum = 0, int maximum = 255)
    {
        if (zeroPoint is < 0 or > 255) throw new ArgumentOutOfRangeException(nameof(zeroPoint), zeroPoint, "A zero point is a byte.");
        if (minimum < 0 || maximum > 255 || minimum > maximum)
            throw new ArgumentOutOfRangeException(nameof(minimum), minimum, "Limits must be bytes in order.");
        ZeroPoint = zeroPoint;
        _low = minimum - zeroPoint;
        _high = maximum - zeroPoint;
        _minimum = (byte)minimum;
        _maximum = (byte)maximum;
        _isPlain = zeroPoint == 0 && minimum == 0 && maximum == 255;
    }

    /// <summary>The byte that stands for zero.</summary>
    public int ZeroPoint { get; }

    /// <summary>The byte for <paramref name="value"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte ToByte(float value)
    {
        value = value > _low ? value : _low;
        value = value < _high ? value : _high;
        return (byte)(ZeroPoint + (int)MathF.Round(value));
    }

    /// <summary>The bytes for <paramref name="value"/> as integers, less the zero point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<int> ToCentered(Vector128<float> value)
    {
        Vector128<float> low = Vector128.Create(_low);
        Vector128<float> high = Vector128.Create(_high);
        value = Vector128.ConditionalSelect(Vector128.GreaterThan(value, low), value, low);
        value = Vector128.ConditionalSelect(Vector128.LessThan(value, high), value, high);
        return Vector128.ConvertToInt32Native(Vector128.Round(value));
    }

    /// <inheritdoc cref="ToCentered(Vector128{float})"/>
    /// <remarks>AVX. VMAXPS gives its second operand when one of the two is NaN; VCVTPS2DQ rounds to even.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> ToCentered(Vector256<float> value) =>
        Avx.ConvertToVector256Int32(Avx.Min(Avx.Max(value, Vector256.Create(_low)), Vector256.Create(_high)));

    /// <inheritdoc cref="ToCentered(Vector128{float})"/>
    /// <remarks>AVX-512. VMAXPS gives its second operand when one of the two is NaN; VCVTPS2DQ rounds to even.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> ToCentered(Vector512<float> value) =>
        Avx512F.ConvertToVector512Int32(Avx512F.Min(Avx512F.Max(value, Vector512.Create(_low)), Vector512.Create(_high)));

    /// <summary>
    /// <paramref name="value"/>, lowered so far that a conversion to an integer cannot overflow upwards; what lies below the integers, and NaN,
    /// becomes the least of them.
    /// </summary>
    /// <remarks>AVX. VMINPS gives its second operand when that is NaN, and VCVTPS2DQ the least integer for NaN and what lies below it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Lower(Vector256<float> value) => Avx.Min(Vector256.Create(_high), value);

    /// <inheritdoc cref="Lower(Vector256{float})"/>
    /// <remarks>AVX-512, which does the same.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Lower(Vector512<float> value) => Avx512F.Min(Vector512.Create(_high), value);

    /// <summary>
    /// The bytes for values that are less than 2^31, or <see cref="Lower(Vector256{float})"/>: in each 128 bits four of each vector, one vector
    /// after the other.
    /// </summary>
    /// <remarks>AVX2. Packing saturates, which is cheaper than limits of floats; behind a ReLU it alone is enough.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<byte> ToBytes(Vector256<float> values0, Vector256<float> values1, Vector256<float> values2, Vector256<float> values3)
    {
        Vector256<short> low = Avx2.PackSignedSaturate(Avx.ConvertToVector256Int32(values0), Avx.ConvertToVector256Int32(values1));
        Vector256<short> high = Avx2.PackSignedSaturate(Avx.ConvertToVector256Int32(values2), Avx.ConvertToVector256Int32(values3));
        if (_isPlain) return Avx2.PackUnsignedSaturate(low, high);
        Vector256<short> zeroPoint = Vector256.Create((short)ZeroPoint);
        Vector256<byte> bytes = Avx2.PackUnsignedSaturate(Avx2.AddSaturate(low, zeroPoint), Avx2.AddSaturate(high, zeroPoint));
        return Avx2.Min(Avx2.Max(bytes, Vector256.Create(_minimum)), Vector256.Create(_maximum));
    }

    /// <summary>
    /// As <see cref="ToBytes(Vector256{float}, Vector256{float}, Vector256{float}, Vector256{float})"/> of values that all are
    /// <see cref="Lower(Vector256{float})"/>, without a branch.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<byte> Raise(Vector256<float> values0, Vector256<float> values1, Vector256<float> values2, Vector256<float> values3)
    {
        Vector256<short> zeroPoint = Vector256.Create((short)ZeroPoint);
        Vector256<short> low = Avx2.PackSignedSaturate(Avx.ConvertToVector256Int32(values0), Avx.ConvertToVector256Int32(values1));
        Vector256<short> high = Avx2.PackSignedSaturate(Avx.ConvertToVector256Int32(values2), Avx.ConvertToVector256Int32(values3));
        return Avx2.Max(Avx2.PackUnsignedSaturate(low + zeroPoint, high + zeroPoint), Vector256.Create(_minimum));
    }

    /// <inheritdoc cref="ToBytes(Vector256{float}, Vector256{float}, Vector256{float}, Vector256{float})"/>
    /// <remarks>AVX-512.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<byte> ToBytes(Vector512<float> values0, Vector512<float> values1, Vector512<float> values2, Vector512<float> values3)
    {
        Vector512<short> low = Avx512BW.PackSignedSaturate(Avx512F.ConvertToVector512Int32(values0), Avx512F.ConvertToVector512Int32(values1));
        Vector512<short> high = Avx512BW.PackSignedSaturate(Avx512F.ConvertToVector512Int32(values2), Avx512F.ConvertToVector512Int32(values3));
        if (_isPlain) return Avx512BW.PackUnsignedSaturate(low, high);
        Vector512<short> zeroPoint = Vector512.Create((short)ZeroPoint);
        Vector512<byte> bytes = Avx512BW.PackUnsignedSaturate(Avx512BW.AddSaturate(low, zeroPoint), Avx512BW.AddSaturate(high, zeroPoint));
        return Avx512BW.Min(Avx512BW.Max(bytes, Vector512.Create(_minimum)), Vector512.Create(_maximum));
    }
}
