using System.Buffers.Binary;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Coding;

/// <summary>
/// Codes s8 weights by their frequencies; the inverse of <see cref="RansDecoder"/>, see <see cref="RansTable"/> for the format.
/// The same weights always give the same bytes.
/// </summary>
internal static class RansEncoder
{
    /// <summary>The coded form of <paramref name="weights"/>, which for few or noisy weights may be longer than they are.</summary>
    public static byte[] Encode(ReadOnlySpan<sbyte> weights)
    {
        int[] frequencies = RansFrequencies.Normalize(RansFrequencies.Count(weights));
        uint[] states = new uint[RansTable.Streams];
        Array.Fill(states, RansTable.LowerBound);
        List<ushort> words = EncodeSymbols(weights, frequencies, states);
        byte[] header = RansFrequencies.WriteHeader(frequencies);

        byte[] coded = new byte[header.Length + states.Length * sizeof(uint) + words.Count * sizeof(ushort)];
        header.CopyTo(coded, 0);
        Span<byte> rest = coded.AsSpan(header.Length);
        foreach (uint state in states)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest, state);
            rest = rest[sizeof(uint)..];
        }
        for (int i = words.Count - 1; i >= 0; i--)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(rest, words[i]);
            rest = rest[sizeof(ushort)..];
        }
        return coded;
    }

    /// <summary>Runs from the last weight to the first, since the decoder undoes the steps in the opposite order.</summary>
    /// <returns>The words in the order in which they came out, the reverse of that in which the decoder reads.</returns>
    private static List<ushort> EncodeSymbols(ReadOnlySpan<sbyte> weights, int[] frequencies, uint[] states)
    {
        uint[] starts = new uint[256];
        for (int symbol = 1; symbol < 256; symbol++) starts[symbol] = starts[symbol - 1] + (uint)frequencies[symbol - 1];
        List<ushort> words = [];
        for (int i = weights.Length - 1; i >= 0; i--)
        {
            int symbol = weights[i] + 128;
            uint frequency = (uint)frequencies[symbol];
            ref uint state = ref states[i % RansTable.Streams];
            if (state >= (ulong)frequency << 32 - RansTable.ScaleBits)
            {
                words.Add((ushort)state);
                state >>= 16;
            }
            state = (state / frequency << RansTable.ScaleBits) + state % frequency + starts[symbol];
        }
        return words;
    }
}
