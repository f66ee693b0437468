using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Coding;

/// <summary>Codes floats and halves; the inverse of <see cref="RansFloats"/>, which see for the format.</summary>
internal static class RansFloatsEncoder
{
    private const uint LowerHalf = 0xFFFF;

    /// <summary>The coded form of the bits of floats.</summary>
    public static byte[] Encode(ReadOnlySpan<uint> floats)
    {
        uint all = 0;
        foreach (uint bits in floats) all |= bits;
        if ((all & LowerHalf) == 0)
        {
            int[] halves = new int[floats.Length];
            for (int i = 0; i < halves.Length; i++) halves[i] = (int)(floats[i] >> 16);
            return [RansFloats.UpperHalves, .. RansNumbersEncoder.Encode(halves)];
        }
        sbyte[] exponents = new sbyte[floats.Length];
        byte[] lower = new byte[3 * floats.Length];
        for (int i = 0; i < floats.Length; i++)
        {
            uint turned = floats[i] << 1 | floats[i] >> 31;
            exponents[i] = (sbyte)((int)(turned >> 24) - 128);
            for (int k = 0; k < 3; k++) lower[3 * i + k] = (byte)(turned >> 8 * k);
        }
        return Join(exponents, lower);
    }

    /// <summary>The coded form of the bits of halves.</summary>
    public static byte[] Encode(ReadOnlySpan<ushort> halves)
    {
        sbyte[] exponents = new sbyte[halves.Length];
        byte[] lower = new byte[halves.Length];
        for (int i = 0; i < halves.Length; i++)
        {
            int turned = halves[i] << 1 | halves[i] >> 15;
            exponents[i] = (sbyte)((turned >> 8 & 0xFF) - 128);
            lower[i] = (byte)turned;
        }
        return Join(exponents, lower);
    }

    private static byte[] Join(sbyte[] exponents, byte[] lower)
    {
        byte[] coded = RansEncoder.Encode(exponents);
        List<byte> bytes = [RansFloats.Exponents];
        RansHeader.WriteVarint(bytes, (uint)coded.Length);
        return [.. bytes, .. coded, .. lower];
    }
}
