using System.Numerics;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Coding;

/// <summary>Codes integers; the inverse of <see cref="RansNumbers"/>, which see for the format.</summary>
internal static class RansNumbersEncoder
{
    /// <summary>The shorter of the codes around zero and around the median.</summary>
    public static byte[] Encode(ReadOnlySpan<int> numbers)
    {
        int all = 0;
        foreach (int number in numbers) all |= number;
        int shift = all == 0 ? 0 : Math.Min(BitOperations.TrailingZeroCount(all), RansNumbers.MostShift);
        int[] shifted = [.. numbers];
        for (int i = 0; i < shifted.Length; i++) shifted[i] >>= shift;
        int median = shifted.Length == 0 ? 0 : shifted.Order().ElementAt(shifted.Length / 2);
        byte[] zero = Encode(shifted, shift, 0), other = Encode(shifted, shift, median);
        return other.Length < zero.Length ? other : zero;
    }

    private static byte[] Encode(int[] shifted, int shift, int middle)
    {
        sbyte[] levels = new sbyte[shifted.Length];
        List<byte> bits = [];
        int position = 0;
        for (int i = 0; i < shifted.Length; i++)
        {
            int difference = unchecked(shifted[i] - middle);
            uint magnitude = difference < 0 ? unchecked((uint)-difference) : (uint)difference;
            int count = magnitude == 0 ? 0 : BitOperations.Log2(magnitude) + 1;
            levels[i] = (sbyte)(difference < 0 ? -count : count);
            for (int bit = 0; bit < count - 1; bit++, position++)
            {
                if (position % 8 == 0) bits.Add(0);
                bits[^1] |= (byte)((magnitude >> bit & 1) << position % 8);
            }
        }
        byte[] coded = RansEncoder.Encode(levels);
        List<byte> bytes = [(byte)shift];
        RansHeader.WriteVarint(bytes, (uint)(middle << 1 ^ middle >> 31));
        RansHeader.WriteVarint(bytes, (uint)coded.Length);
        return [.. bytes, .. coded, .. bits];
    }
}
