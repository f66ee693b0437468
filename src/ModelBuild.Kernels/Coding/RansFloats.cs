using System;
using System.IO;

namespace ModelBuild.Kernels;

/// <summary>
/// Decodes floats and halves of the coding "Rans". The bits of each are turned left by one, so that the sign is the lowest and the
/// exponent begins with the highest, and cut into bytes; the highest bytes of all are coded as levels, the others stored.
/// Floats whose lower halves are zero are integers of 16 bits instead (<see cref="RansNumbers"/>).
/// </summary>
/// <remarks>
/// Bytes: 0 and the coded upper halves; or 1, the length of the coded bytes as a varint, these (less 128), and of each element the other
/// bytes, the lower before the higher.
/// </remarks>
internal static class RansFloats
{
    /// <summary>The first byte where only the upper halves are coded.</summary>
    public const byte UpperHalves = 0;

    /// <summary>The first byte where the highest bytes are coded.</summary>
    public const byte Exponents = 1;

    /// <summary>Decodes floats.</summary>
    /// <param name="coded">The coded form, all of it and nothing else.</param>
    /// <param name="bits">Receives the bits of the floats, as many as were coded.</param>
    /// <exception cref="InvalidDataException">The coded form is damaged.</exception>
    public static void Decode(ReadOnlySpan<byte> coded, Span<uint> bits)
    {
        if (coded.Length > 0 && coded[0] == UpperHalves)
        {
            int[] halves = new int[bits.Length];
            RansNumbers.Decode(coded.Slice(1), halves);
            for (int i = 0; i < halves.Length; i++) bits[i] = unchecked((uint)halves[i] << 16);
            return;
        }
        ReadOnlySpan<byte> lower = ReadExponents(coded, bits.Length, sizeof(uint) - 1, out sbyte[] exponents);
        for (int i = 0; i < bits.Length; i++)
        {
            uint turned = (uint)(exponents[i] + 128) << 24 | (uint)(lower[3 * i] | lower[3 * i + 1] << 8 | lower[3 * i + 2] << 16);
            bits[i] = turned >> 1 | turned << 31;
        }
    }

    /// <summary>Decodes halves.</summary>
    /// <param name="coded">The coded form, all of it and nothing else.</param>
    /// <param name="bits">Receives the bits of the halves, as many as were coded.</param>
    /// <exception cref="InvalidDataException">The coded form is damaged.</exception>
    public static void Decode(ReadOnlySpan<byte> coded, Span<ushort> bits)
    {
        ReadOnlySpan<byte> lower = ReadExponents(coded, bits.Length, sizeof(ushort) - 1, out sbyte[] exponents);
        for (int i = 0; i < bits.Length; i++)
        {
            int turned = exponents[i] + 128 << 8 | lower[i];
            bits[i] = (ushort)(turned >> 1 | (turned & 1) << 15);
        }
    }

    private static ReadOnlySpan<byte> ReadExponents(ReadOnlySpan<byte> coded, int count, int others, out sbyte[] exponents)
    {
        int position = 0;
        if (RansHeader.Byte(coded, ref position) != Exponents) throw RansHeader.Damaged("has an unknown form");
        uint length = RansHeader.Varint(coded, ref position);
        if (coded.Length - position != length + (long)count * others) throw RansHeader.Damaged("has a wrong length");
        exponents = new sbyte[count];
        RansDecoder.Decode(coded.Slice(position, (int)length), exponents);
        return coded.Slice(position + (int)length);
    }
}
