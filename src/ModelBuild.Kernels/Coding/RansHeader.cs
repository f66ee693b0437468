using System;
using System.Collections.Generic;
using System.IO;

namespace ModelBuild.Kernels;

/// <summary>What stands at the beginning of a tensor in the coding "Rans": how its levels are distributed, and how they are coded.</summary>
/// <remarks>
/// Bytes: flags (bit 0: <see cref="MostStreams"/> streams and not one; bit 1: there is a <see cref="Neighbours"/>; bits 4..7: <see cref="Trust"/>),
/// <see cref="Least"/>, <see cref="Greatest"/>, <see cref="Decay"/>, <see cref="Curvature"/>, then the neighbours' form.
/// </remarks>
internal sealed record RansHeader
{
    /// <summary>Interleaved streams of a large tensor, so that their chains of dependent instructions overlap.</summary>
    public const int MostStreams = 4;

    private const int FewFlag = 1, NeighboursFlag = 2, KnownFlags = 0xF3, TrustShift = 4;
    private const int MostVarintBits = 35;

    /// <summary>Interleaved streams, 1 or <see cref="MostStreams"/>.</summary>
    public int Streams { get; init; }

    /// <summary>
    /// The state that the encoder starts from. A single stream starts from the least: its decoder sees that no words are left,
    /// and takes none, while other streams' words might follow with several.
    /// </summary>
    public uint Start => Streams == 1 ? 1 : RansTables.LowerBound;

    /// <summary>Logarithm to base 2 of the number of levels that the initial distribution counts for.</summary>
    public int Trust { get; init; }

    /// <summary>The least level.</summary>
    public int Least { get; init; }

    /// <summary>The greatest level, at most 255 more.</summary>
    public int Greatest { get; init; }

    /// <summary>How fast the initial distribution decays, by <see cref="RansTables.Fraction"/>.</summary>
    public int Decay { get; init; }

    /// <summary>How much faster the decay gets with each level, by <see cref="RansTables.Fraction"/>: none is Laplace's distribution, much of it Gauss's.</summary>
    public int Curvature { get; init; }

    /// <summary>What the levels of a kernel tell of those beside them; null where that is nothing.</summary>
    public RansNeighbours? Neighbours { get; init; }

    /// <summary>Number of different levels at most.</summary>
    public int Symbols => Greatest - Least + 1;

    /// <summary>Reads a header.</summary>
    /// <param name="coded">The coded tensor.</param>
    /// <param name="length">Number of levels of the tensor.</param>
    /// <param name="position">Receives the number of bytes read.</param>
    /// <exception cref="InvalidDataException">The header is damaged.</exception>
    public static RansHeader Read(ReadOnlySpan<byte> coded, int length, out int position)
    {
        position = 0;
        int flags = Byte(coded, ref position);
        if ((flags & ~KnownFlags) != 0) throw Damaged("has unknown flags");
        RansHeader header = new()
        {
            Streams = (flags & FewFlag) != 0 ? MostStreams : 1,
            Trust = flags >> TrustShift,
            Least = (sbyte)Byte(coded, ref position),
            Greatest = (sbyte)Byte(coded, ref position),
            Decay = Byte(coded, ref position),
            Curvature = Byte(coded, ref position),
            Neighbours = (flags & NeighboursFlag) != 0 ? RansNeighbours.Read(coded, length, ref position) : null,
        };
        bool isMirrored = header.Greatest == -header.Least || header.Neighbours is null;
        if (header.Least > header.Greatest || !isMirrored) throw Damaged("has no levels");
        return header;
    }

    /// <summary>The bytes that <see cref="Read"/> reads.</summary>
    public byte[] Write()
    {
        int flags = (Streams > 1 ? FewFlag : 0) | (Neighbours is null ? 0 : NeighboursFlag) | Trust << TrustShift;
        List<byte> bytes = new() { (byte)flags, (byte)Least, (byte)Greatest, (byte)Decay, (byte)Curvature };
        Neighbours?.Write(bytes);
        return bytes.ToArray();
    }

    /// <summary>Reads a byte.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static byte Byte(ReadOnlySpan<byte> coded, ref int position) =>
        position < coded.Length ? coded[position++] : throw Damaged("ends in its header");

    /// <summary>Reads an integer in groups of seven bits, the lowest first, the eighth bit set where another group follows.</summary>
    /// <exception cref="InvalidDataException">It does not end, or is too long.</exception>
    public static uint Varint(ReadOnlySpan<byte> coded, ref int position)
    {
        ulong value = 0;
        for (int bit = 0; bit < MostVarintBits; bit += 7)
        {
            ulong group = Byte(coded, ref position);
            value |= (group & 0x7F) << bit;
            if (group < 0x80) return value <= uint.MaxValue ? (uint)value : throw Damaged("has an impossible number");
        }
        throw Damaged("has an impossible number");
    }

    /// <summary>Writes what <see cref="Varint"/> reads.</summary>
    public static void WriteVarint(List<byte> bytes, uint value)
    {
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value & 0x7F | 0x80));
        bytes.Add((byte)value);
    }

    /// <summary>The error of every malformed tensor.</summary>
    public static InvalidDataException Damaged(string how) => new("The model's weights are damaged: a coded tensor " + how + ".");
}
