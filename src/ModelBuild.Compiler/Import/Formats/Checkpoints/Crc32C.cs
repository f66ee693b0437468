using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>CRC-32C (Castagnoli), masked as TensorFlow and LevelDB store it, so that a checksum over checksums stays useful.</summary>
internal static class Crc32C
{
    private const uint MaskDelta = 0xA282EAD8;
    private const int MaskRotation = 15;

    /// <summary>The checksum of consecutive pieces, masked.</summary>
    public static uint Masked(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> more = default)
    {
        uint crc = ~Update(Update(~0u, bytes), more);
        return BitOperations.RotateRight(crc, MaskRotation) + MaskDelta;
    }

    private static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words) crc = BitOperations.Crc32C(crc, word);
        foreach (byte rest in bytes[(words.Length * sizeof(ulong))..]) crc = BitOperations.Crc32C(crc, rest);
        return crc;
    }
}
