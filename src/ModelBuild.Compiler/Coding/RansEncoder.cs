using System.Buffers.Binary;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Coding;

/// <summary>
/// Codes s8 levels by how often they occur; the inverse of <see cref="RansDecoder"/>, which see for the format. The same levels
/// always give the same bytes.
/// </summary>
internal static class RansEncoder
{
    /// <summary>The coded form of some levels, which for few or noisy ones may be longer than they are.</summary>
    /// <param name="levels">The levels.</param>
    /// <param name="shape">Dimensions; [output][y][x][channel] where kernels of more than one place are told.</param>
    public static byte[] Encode(ReadOnlySpan<sbyte> levels, params IReadOnlyList<int> shape)
    {
        (RansHeader header, LevelSequence sequence) = RansFit.Fit(levels, shape);
        uint[] states = new uint[header.Streams];
        Array.Fill(states, header.Start);
        List<ushort> words = EncodeSymbols(sequence, Ranges(header, sequence), states);

        byte[] start = header.Write();
        byte[] coded = new byte[start.Length + states.Length * sizeof(uint) + words.Count * sizeof(ushort)];
        start.CopyTo(coded, 0);
        Span<byte> rest = coded.AsSpan(start.Length);
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

    /// <summary>The part of the scale that each level has when it is coded, as in <see cref="RansTables.Ranges"/>.</summary>
    private static uint[] Ranges(RansHeader header, LevelSequence sequence)
    {
        RansTables tables = new(header, slots: []);
        uint[] ranges = new uint[sequence.Levels.Length];
        int i = 0;
        foreach (int end in sequence.Parts)
        {
            if (i > 0) tables.Build();
            for (; i < end; i++)
            {
                int place = sequence.Classes[i] * RansTables.Stride + sequence.Levels[i] - header.Least;
                ranges[i] = tables.Ranges[place];
                tables.Counts[place]++;
            }
        }
        return ranges;
    }

    /// <summary>Runs from the last level to the first, since the decoder undoes the steps in the opposite order.</summary>
    /// <returns>The words in the order in which they came out, the reverse of that in which the decoder reads.</returns>
    private static List<ushort> EncodeSymbols(LevelSequence sequence, uint[] ranges, uint[] states)
    {
        List<ushort> words = [];
        for (int i = ranges.Length - 1; i >= 0; i--)
        {
            uint frequency = ranges[i] >> 16, start = ranges[i] & 0xFFFF;
            ref uint state = ref states[sequence.Streams[i]];
            if (state >= (ulong)frequency << 32 - RansTables.ScaleBits)
            {
                words.Add((ushort)state);
                state >>= 16;
            }
            state = (state / frequency << RansTables.ScaleBits) + state % frequency + start;
        }
        return words;
    }
}
