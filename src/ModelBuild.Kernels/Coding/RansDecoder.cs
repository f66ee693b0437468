using System;
using System.Buffers.Binary;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>Decodes s8 weights of the coding "Rans"; see <see cref="RansTable"/> for the format.</summary>
internal static class RansDecoder
{
    /// <summary>Decodes a tensor.</summary>
    /// <param name="coded">The coded form, all of it and nothing else.</param>
    /// <param name="weights">Receives the weights, as many as were coded.</param>
    /// <exception cref="InvalidDataException">The coded form is damaged.</exception>
    public static void Decode(ReadOnlySpan<byte> coded, Span<sbyte> weights)
    {
        Span<int> frequencies = stackalloc int[256];
        coded = coded.Slice(RansTable.ReadHeader(coded, frequencies));
        const int StateBytes = RansTable.Streams * sizeof(uint);
        if (coded.Length < StateBytes || coded.Length % sizeof(ushort) != 0) throw RansTable.Damaged("has a wrong length");
        Span<uint> states = stackalloc uint[RansTable.Streams];
        for (int i = 0; i < states.Length; i++) states[i] = BinaryPrimitives.ReadUInt32LittleEndian(coded.Slice(i * sizeof(uint)));
        coded = coded.Slice(StateBytes);

        uint[] slots = BuildSlots(frequencies);
        int done = DecodeFast(coded, ref slots[0], states, weights, out int position);
        for (int i = done; i < weights.Length; i++)
        {
            ref uint state = ref states[i % RansTable.Streams];
            uint slot = slots[state & (RansTable.Scale - 1)];
            weights[i] = (sbyte)slot;
            state = Advance(state, slot);
            if (state >= RansTable.LowerBound) continue;
            if (position == coded.Length) throw RansTable.Damaged("ends too early");
            state = state << 16 | BinaryPrimitives.ReadUInt16LittleEndian(coded.Slice(position));
            position += sizeof(ushort);
        }
        if (position != coded.Length) throw RansTable.Damaged("has bytes left over");
        foreach (uint state in states)
        {
            if (state != RansTable.LowerBound) throw RansTable.Damaged("decodes to an impossible state");
        }
    }

    /// <summary>
    /// For each slot: symbol in bits 0..7, frequency less 1 in bits 8..19, place within the symbol's slots in bits 20..31.
    /// </summary>
    private static uint[] BuildSlots(ReadOnlySpan<int> frequencies)
    {
        uint[] slots = new uint[RansTable.Scale];
        int slot = 0;
        for (int symbol = 0; symbol < 256; symbol++)
        {
            int frequency = frequencies[symbol];
            for (int place = 0; place < frequency; place++)
            {
                slots[slot++] = (byte)(symbol - 128) | (uint)(frequency - 1) << 8 | (uint)place << 20;
            }
        }
        return slots;
    }

    /// <summary>The state after a symbol, before a word comes in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Advance(uint state, uint slot) =>
        ((slot >> 8 & (RansTable.Scale - 1)) + 1) * (state >> RansTable.ScaleBits) + (slot >> 20);

    /// <summary>
    /// Decodes while there are words enough for every stream to take one. The four states live in registers; whether a
    /// word comes in is a conditional move, since it cannot be predicted.
    /// </summary>
    /// <returns>Weights decoded, a multiple of the streams.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int DecodeFast(ReadOnlySpan<byte> words, ref uint slots, Span<uint> states, Span<sbyte> weights, out int position)
    {
        position = 0;
        if (words.Length < RansTable.Streams * sizeof(ushort)) return 0;
        uint state0 = states[0];
        uint state1 = states[1];
        uint state2 = states[2];
        uint state3 = states[3];
        ref byte start = ref MemoryMarshal.GetReference(words);
        nint next = 0;
        nint last = words.Length - RansTable.Streams * sizeof(ushort);
        ref sbyte weight = ref MemoryMarshal.GetReference(weights);
        int i = 0;
        for (; i <= weights.Length - RansTable.Streams && next <= last; i += RansTable.Streams)
        {
            Unsafe.Add(ref weight, i) = Next(ref state0, ref slots, ref start, ref next);
            Unsafe.Add(ref weight, i + 1) = Next(ref state1, ref slots, ref start, ref next);
            Unsafe.Add(ref weight, i + 2) = Next(ref state2, ref slots, ref start, ref next);
            Unsafe.Add(ref weight, i + 3) = Next(ref state3, ref slots, ref start, ref next);
        }
        states[0] = state0;
        states[1] = state1;
        states[2] = state2;
        states[3] = state3;
        position = (int)next;
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static sbyte Next(ref uint state, ref uint slots, ref byte words, ref nint next)
    {
        uint slot = Unsafe.Add(ref slots, state & (RansTable.Scale - 1));
        uint advanced = Advance(state, slot);
        ushort word = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref words, next));
        if (!BitConverter.IsLittleEndian) word = BinaryPrimitives.ReverseEndianness(word);
        bool takes = advanced < RansTable.LowerBound;
        state = takes ? advanced << 16 | word : advanced;
        next += takes ? sizeof(ushort) : 0;
        return (sbyte)slot;
    }
}
