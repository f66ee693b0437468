using System;
using System.IO;

namespace ModelBuild.Kernels;

/// <summary>
/// The parameters of the entropy coding "Rans": range asymmetric numeral systems (Duda 2009) of order 0, with a frequency a
/// symbol. The coded form is a header, <see cref="Streams"/> states (u32) and words (u16), all little-endian; symbol i belongs
/// to stream i modulo <see cref="Streams"/>.
/// </summary>
/// <remarks>
/// Header: the least and the greatest symbol as bytes; then for each from the least to the greatest its frequency plus 1, whose
/// number of bits comes as the difference to the one before (zigzag, unary: n ones and a zero), followed by the bits
/// below the leading one; bits fill bytes from the least significant on.
/// </remarks>
internal static class RansTable
{
    /// <summary>Frequencies sum to 2 to the power of this.</summary>
    public const int ScaleBits = 12;

    /// <summary>Sum of the frequencies.</summary>
    public const int Scale = 1 << ScaleBits;

    /// <summary>Interleaved streams, so that their chains of dependent instructions overlap.</summary>
    public const int Streams = 4;

    /// <summary>States are at least this; where one falls below, a word comes in. The encoder starts from it.</summary>
    public const uint LowerBound = 1u << 16;

    /// <summary>Bits of a frequency plus 1 at most.</summary>
    private const int MaximumBits = ScaleBits + 1;

    /// <summary>Reads the header.</summary>
    /// <param name="coded">The coded tensor.</param>
    /// <param name="frequencies">Receives 256 frequencies, by symbol + 128.</param>
    /// <returns>Bytes of the header.</returns>
    /// <exception cref="InvalidDataException">The header is damaged.</exception>
    public static int ReadHeader(ReadOnlySpan<byte> coded, Span<int> frequencies)
    {
        if (coded.Length < 2) throw Damaged("ends in its header");
        int least = (sbyte)coded[0] + 128;
        int greatest = (sbyte)coded[1] + 128;
        if (least > greatest) throw Damaged("has no symbols");
        frequencies.Clear();
        int position = 16;
        int bits = 1;
        int sum = 0;
        for (int symbol = least; symbol <= greatest; symbol++)
        {
            int zigzag = 0;
            while (ReadBit(coded, ref position) == 1) zigzag++;
            bits += (zigzag >> 1) ^ -(zigzag & 1);
            if (bits is < 1 or > MaximumBits) throw Damaged("has an impossible frequency");
            int value = 1;
            for (int i = 1; i < bits; i++) value = value << 1 | ReadBit(coded, ref position);
            frequencies[symbol] = value - 1;
            sum += value - 1;
        }
        if (sum != Scale) throw Damaged("has frequencies of a wrong sum");
        return (position + 7) / 8;
    }

    /// <summary>The error of every malformed tensor.</summary>
    public static InvalidDataException Damaged(string how) => new("The model's weights are damaged: a coded tensor " + how + ".");

    private static int ReadBit(ReadOnlySpan<byte> coded, ref int position)
    {
        if (position >> 3 >= coded.Length) throw Damaged("ends in its header");
        int bit = coded[position >> 3] >> (position & 7) & 1;
        position++;
        return bit;
    }
}
