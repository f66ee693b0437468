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
}
