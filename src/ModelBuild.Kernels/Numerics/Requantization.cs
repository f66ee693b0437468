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
    /// As <see cref="ToCentered(Vector256{float})"/>, but not yet raised to the minimum, which costs less in bytes:
    /// <see cref="Raise(Vector256{short}, Vector256{short})"/>.
    /// </summary>
    /// <remarks>AVX. VMINPS gives its second operand when that is NaN, and VCVTPS2DQ the least integer for NaN and what lies below it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> ToUnraised(Vector256<float> value) => Avx.ConvertToVector256Int32(Avx.Min(Vector256.Create(_high), value));

    /// <inheritdoc cref="ToUnraised(Vector256{float})"/>
    /// <remarks>AVX-512, which does the same.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> ToUnraised(Vector512<float> value) =>
        Avx512F.ConvertToVector512Int32(Avx512F.Min(Vector512.Create(_high), value));

    /// <summary>
    /// The bytes for what <see cref="ToUnraised(Vector256{float})"/> gave, packed with saturation: in each 128 bits those of the first, then
    /// of the second.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<byte> Raise(Vector256<short> first, Vector256<short> second)
    {
        Vector256<short> zeroPoint = Vector256.Create((short)ZeroPoint);
        return Avx2.Max(Avx2.PackUnsignedSaturate(first + zeroPoint, second + zeroPoint), Vector256.Create(_minimum));
    }

    /// <inheritdoc cref="Raise(Vector256{short}, Vector256{short})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<byte> Raise(Vector512<short> first, Vector512<short> second)
    {
        Vector512<short> zeroPoint = Vector512.Create((short)ZeroPoint);
        return Avx512BW.Max(Avx512BW.PackUnsignedSaturate(first + zeroPoint, second + zeroPoint), Vector512.Create(_minimum));
    }

    /// <summary>
    /// The bytes for integers, less the zero point and packed with saturation, that are neither raised to the minimum nor lowered to the
    /// maximum: in each 128 bits those of the first, then of the second. Behind a ReLU packing alone does that.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<byte> Clamp(Vector256<short> first, Vector256<short> second)
    {
        if (_isPlain) return Avx2.PackUnsignedSaturate(first, second);
        Vector256<short> zeroPoint = Vector256.Create((short)ZeroPoint);
        first = Avx2.AddSaturate(first, zeroPoint);
        second = Avx2.AddSaturate(second, zeroPoint);
        Vector256<byte> bytes = Avx2.PackUnsignedSaturate(first, second);
        return Avx2.Min(Avx2.Max(bytes, Vector256.Create(_minimum)), Vector256.Create(_maximum));
    }

    /// <inheritdoc cref="Clamp(Vector256{short}, Vector256{short})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<byte> Clamp(Vector512<short> first, Vector512<short> second)
    {
        if (_isPlain) return Avx512BW.PackUnsignedSaturate(first, second);
        Vector512<short> zeroPoint = Vector512.Create((short)ZeroPoint);
        first = Avx512BW.AddSaturate(first, zeroPoint);
        second = Avx512BW.AddSaturate(second, zeroPoint);
        Vector512<byte> bytes = Avx512BW.PackUnsignedSaturate(first, second);
        return Avx512BW.Min(Avx512BW.Max(bytes, Vector512.Create(_minimum)), Vector512.Create(_maximum));
    }
}
