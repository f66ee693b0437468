using System.Buffers.Binary;
using System.Numerics;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Coding;

/// <summary>Writes what <see cref="CompactNumbers"/> reads.</summary>
internal static class CompactNumbersEncoder
{
    /// <summary>The upper halves of floats; null where a lower half is not zero.</summary>
    public static byte[]? EncodeUpperHalves(ReadOnlySpan<float> values)
    {
        byte[] coded = new byte[values.Length * sizeof(ushort)];
        for (int i = 0; i < values.Length; i++)
        {
            uint bits = BitConverter.SingleToUInt32Bits(values[i]);
            if ((bits & 0xFFFF) != 0) return null;
            BinaryPrimitives.WriteUInt16LittleEndian(coded.AsSpan(i * sizeof(ushort)), (ushort)(bits >> 16));
        }
        return coded;
    }

    /// <summary>Integers without the trailing zeros that all have, in groups of seven bits.</summary>
    public static byte[] EncodeVarints(ReadOnlySpan<int> values)
    {
        int all = 0;
        foreach (int value in values) all |= value;
        int shift = all == 0 ? 0 : Math.Min(BitOperations.TrailingZeroCount(all), 31);
        List<byte> coded = [(byte)shift];
        foreach (int value in values)
        {
            int shifted = value >> shift;
            uint zigzag = (uint)(shifted << 1 ^ shifted >> 31);
            for (; zigzag >= 0x80; zigzag >>= 7) coded.Add((byte)(zigzag | 0x80));
            coded.Add((byte)zigzag);
        }
        return [.. coded];
    }
}
