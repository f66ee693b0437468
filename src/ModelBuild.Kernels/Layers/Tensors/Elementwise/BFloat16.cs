using System;

namespace ModelBuild.Kernels;

/// <summary>
/// A brain floating-point number: the upper half of a float. It only stores; operations on it are those of float, with a
/// <see cref="Cast"/> before and after, which is also how TensorFlow computes.
/// </summary>
/// <param name="bits">Sign, 8 bits of exponent, 7 of mantissa.</param>
internal readonly struct BFloat16(ushort bits) : IEquatable<BFloat16>
{
    /// <summary>Sign, 8 bits of exponent, 7 of mantissa.</summary>
    public ushort Bits { get; } = bits;

    public static explicit operator float(BFloat16 value) => BitConverter.UInt32BitsToSingle((uint)value.Bits << 16);

    /// <summary>To the nearest, ties to even.</summary>
    public static explicit operator BFloat16(float value)
    {
        if (float.IsNaN(value)) return new BFloat16(0x7fc0);
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return new BFloat16((ushort)((bits + 0x7fff + (bits >> 16 & 1)) >> 16));
    }

    /// <summary>Whether both are the same number, by the rules of <see cref="float.Equals(float)"/>.</summary>
    public bool Equals(BFloat16 other) => ((float)this).Equals((float)other);

    public override bool Equals(object? obj) => obj is BFloat16 other && Equals(other);

    public override int GetHashCode() => ((float)this).GetHashCode();
}
