using System.Numerics;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Coding;

/// <summary>The table of frequencies of <see cref="RansEncoder"/>, by symbol + 128.</summary>
internal static class RansFrequencies
{
    /// <summary>How often each symbol occurs.</summary>
    public static int[] Count(ReadOnlySpan<sbyte> weights)
    {
        int[] counts = new int[256];
        foreach (sbyte weight in weights) counts[weight + 128]++;
        return counts;
    }

    /// <summary>
    /// Integers of sum <see cref="RansTable.Scale"/>, at least 1 where a symbol occurs, that make the code nearly as short as
    /// it can be: rounded shares, then steps where the code length (the sum of count * log2(frequency)) gains most or loses least.
    /// </summary>
    public static int[] Normalize(int[] counts)
    {
        long total = counts.Sum(count => (long)count);
        int[] frequencies = new int[256];
        if (total == 0)
        {
            frequencies[128] = RansTable.Scale;
            return frequencies;
        }
        for (int symbol = 0; symbol < 256; symbol++)
        {
            if (counts[symbol] > 0) frequencies[symbol] = (int)Math.Max(1, (counts[symbol] * (long)RansTable.Scale + total / 2) / total);
        }
        for (int sum = frequencies.Sum(); sum < RansTable.Scale; sum++) frequencies[Best(counts, frequencies, +1)]++;
        for (int sum = frequencies.Sum(); sum > RansTable.Scale; sum--) frequencies[Best(counts, frequencies, -1)]--;
        return frequencies;
    }

    /// <summary>The header of <see cref="RansTable"/>.</summary>
    public static byte[] WriteHeader(int[] frequencies)
    {
        int least = Array.FindIndex(frequencies, frequency => frequency > 0);
        int greatest = Array.FindLastIndex(frequencies, frequency => frequency > 0);
        List<byte> header = [(byte)(least - 128), (byte)(greatest - 128)];
        int position = 0;
        int bits = 1;
        for (int symbol = least; symbol <= greatest; symbol++)
        {
            int value = frequencies[symbol] + 1;
            int length = BitOperations.Log2((uint)value) + 1;
            int difference = length - bits;
            bits = length;
            for (int zigzag = difference << 1 ^ difference >> 31; zigzag > 0; zigzag--) Write(1);
            Write(0);
            for (int bit = length - 2; bit >= 0; bit--) Write(value >> bit & 1);
        }
        return [.. header];

        void Write(int bit)
        {
            if (position % 8 == 0) header.Add(0);
            header[^1] |= (byte)(bit << position % 8);
            position++;
        }
    }

    /// <summary>
    /// The symbol whose frequency is best changed by one. The change of count * ln(frequency) is taken as count over the
    /// frequency half-way, which needs no logarithm, whose last bit might differ between machines.
    /// </summary>
    private static int Best(int[] counts, int[] frequencies, int change)
    {
        int best = -1;
        double bestGain = double.NegativeInfinity;
        for (int symbol = 0; symbol < 256; symbol++)
        {
            if (counts[symbol] == 0 || frequencies[symbol] + change < 1) continue;
            double gain = change * (counts[symbol] / (frequencies[symbol] + change * 0.5));
            if (gain > bestGain) (best, bestGain) = (symbol, gain);
        }
        return best;
    }
}
