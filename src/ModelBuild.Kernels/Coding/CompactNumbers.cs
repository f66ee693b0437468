using System;
using System.Buffers.Binary;
using System.IO;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>Shorter forms of the numbers that stand beside the weights: a scale and a bias a channel.</summary>
internal static class CompactNumbers
{
    private const int MostShift = 31;

    /// <summary>Reads floats of which only the upper halves are stored; the lower ones are zero.</summary>
    /// <param name="source">Two bytes each, little-endian.</param>
    /// <param name="destination">Receives the floats.</param>
    /// <exception cref="InvalidDataException">There are more or fewer bytes.</exception>
    public static void DecodeUpperHalves(ReadOnlySpan<byte> source, Span<float> destination)
    {
        if (source.Length != destination.Length * sizeof(ushort)) throw Damaged();
        Span<uint> bits = MemoryMarshal.Cast<float, uint>(destination);
        for (int i = 0; i < bits.Length; i++) bits[i] = (uint)BinaryPrimitives.ReadUInt16LittleEndian(source.Slice(i * sizeof(ushort))) << 16;
    }

    /// <summary>
    /// Reads integers in groups of seven bits, the lowest first, the eighth bit set where another group follows; before that the sign
    /// is moved to the lowest bit (zigzag, as in https://protobuf.dev/programming-guides/encoding/) and the trailing zeros that
    /// all have in common, whose number is the first byte, are left out.
    /// </summary>
    /// <param name="source">The bytes.</param>
    /// <param name="destination">Receives the integers.</param>
    /// <exception cref="InvalidDataException">The bytes end too early or too late, or a number is too long.</exception>
    public static void DecodeVarints(ReadOnlySpan<byte> source, Span<int> destination)
    {
        if (source.Length == 0 || source[0] > MostShift) throw Damaged();
        int shift = source[0];
        int read = 1;
        for (int i = 0; i < destination.Length; i++)
        {
            uint value = 0;
            byte group = 0x80;
            for (int bit = 0; group >= 0x80; bit += 7)
            {
                if (read == source.Length || bit >= 32) throw Damaged();
                group = source[read++];
                value |= (uint)(group & 0x7F) << bit;
            }
            destination[i] = ((int)(value >> 1) ^ -(int)(value & 1)) << shift;
        }
        if (read != source.Length) throw Damaged();
    }

    private static InvalidDataException Damaged() => new("The model's weights are damaged: a tensor has a wrong length.");
}
