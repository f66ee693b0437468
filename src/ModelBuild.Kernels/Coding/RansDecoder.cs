using System;
using System.Buffers;
using System.Buffers.Binary;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Decodes s8 levels of the coding "Rans": range asymmetric numeral systems (Duda 2009, https://arxiv.org/abs/0902.0271) with the
/// frequencies of <see cref="RansTables"/>. The coded form is a <see cref="RansHeader"/>, a state (u32) a stream and words (u16), all
/// little-endian. Level i belongs to stream i modulo streams; with <see cref="RansNeighbours"/> it is the output that a level
/// belongs to, and as many outputs as there are streams are decoded side by side.
/// </summary>
internal ref struct RansDecoder
{
    // What a step of all streams may take.
    private const int StepBytes = RansHeader.MostStreams * sizeof(ushort);

    private readonly RansHeader _header;
    private readonly RansTables _tables;
    private readonly ReadOnlySpan<byte> _words;
    private readonly Span<uint> _states;
    private int _next;

    private RansDecoder(RansHeader header, ReadOnlySpan<byte> states, ReadOnlySpan<byte> words, byte[] slots, Span<uint> buffer)
    {
        _header = header;
        _tables = new RansTables(header, slots);
        _states = buffer.Slice(0, header.Streams);
        for (int i = 0; i < _states.Length; i++) _states[i] = BinaryPrimitives.ReadUInt32LittleEndian(states.Slice(i * sizeof(uint)));
        _words = words;
        _next = 0;
    }

    /// <summary>Decodes a tensor.</summary>
    /// <param name="coded">The coded form, all of it and nothing else.</param>
    /// <param name="levels">Receives the levels, as many as were coded.</param>
    /// <exception cref="InvalidDataException">The coded form is damaged.</exception>
    public static void Decode(ReadOnlySpan<byte> coded, Span<sbyte> levels)
    {
        RansHeader header = RansHeader.Read(coded, levels.Length, out int position);
        ReadOnlySpan<byte> rest = coded.Slice(position);
        int states = header.Streams * sizeof(uint);
        if (rest.Length < states || (rest.Length - states) % sizeof(ushort) != 0) throw RansHeader.Damaged("has a wrong length");
        byte[] slots = ArrayPool<byte>.Shared.Rent(RansTables.SlotsOf(header));
        try
        {
            RansDecoder decoder = new(header, rest.Slice(0, states), rest.Slice(states), slots, stackalloc uint[RansHeader.MostStreams]);
            if (header.Neighbours is { } neighbours) decoder.DecodeKernels(neighbours, levels);
            else decoder.DecodeAll(levels);
            decoder.Finish();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(slots);
        }
    }

    private void Finish()
    {
        if (_next != _words.Length) throw RansHeader.Damaged("has bytes left over");
        foreach (uint state in _states)
        {
            if (state != _header.Start) throw RansHeader.Damaged("decodes to an impossible state");
        }
    }

    private void DecodeAll(Span<sbyte> levels)
    {
        for (int done = 0; done < levels.Length;)
        {
            Span<sbyte> part = levels.Slice(done, Math.Min(RansTables.BuildAfter(done), levels.Length) - done);
            DecodeEach(part, _states.Length == 1 ? DecodeOnes(part) : DecodeFours(part));
            done += part.Length;
            if (done < levels.Length) _tables.Build();
        }
    }

    /// <summary>Decodes levels one after the other.</summary>
    /// <param name="levels">Receives the levels.</param>
    /// <param name="first">The first of them to decode.</param>
    /// <remarks>Optimised at its first call, as all that decodes: the first result waits for it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DecodeEach(Span<sbyte> levels, int first)
    {
        Span<uint> counts = _tables.Counts;
        int least = _header.Least;
        for (int i = first; i < levels.Length; i++)
        {
            int symbol = Step(ref _states[i & _states.Length - 1], 0);
            counts[symbol]++;
            levels[i] = (sbyte)(symbol + least);
        }
    }

    /// <summary>Decodes as many levels as all streams surely have words for, with the states in registers.</summary>
    /// <returns>How many these are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int DecodeFours(Span<sbyte> levels)
    {
        if (levels.Length < RansHeader.MostStreams || _words.Length - _next < StepBytes) return 0;
        ref byte word = ref Unsafe.Add(ref MemoryMarshal.GetReference(_words), _next), start = ref word;
        ref byte lastWord = ref Unsafe.Add(ref MemoryMarshal.GetReference(_words), _words.Length - StepBytes);
        ref sbyte level = ref MemoryMarshal.GetReference(levels), first = ref level;
        ref sbyte lastLevel = ref Unsafe.Add(ref level, levels.Length - RansHeader.MostStreams);
        ref byte slots = ref _tables.Slots[0];
        ref uint ranges = ref _tables.Ranges[0];
        int least = _header.Least;
        uint state0 = _states[0], state1 = _states[1], state2 = _states[2], state3 = _states[3];
        while (!Unsafe.IsAddressGreaterThan(ref level, ref lastLevel) && !Unsafe.IsAddressGreaterThan(ref word, ref lastWord))
        {
            level = LevelStep(ref state0, ref slots, ref ranges, least, ref word, out nint taken);
            word = ref Unsafe.AddByteOffset(ref word, taken);
            Unsafe.Add(ref level, 1) = LevelStep(ref state1, ref slots, ref ranges, least, ref word, out taken);
            word = ref Unsafe.AddByteOffset(ref word, taken);
            Unsafe.Add(ref level, 2) = LevelStep(ref state2, ref slots, ref ranges, least, ref word, out taken);
            word = ref Unsafe.AddByteOffset(ref word, taken);
            Unsafe.Add(ref level, 3) = LevelStep(ref state3, ref slots, ref ranges, least, ref word, out taken);
            word = ref Unsafe.AddByteOffset(ref word, taken);
            level = ref Unsafe.Add(ref level, RansHeader.MostStreams);
        }
        _next += (int)Unsafe.ByteOffset(ref start, ref word);
        (_states[0], _states[1], _states[2], _states[3]) = (state0, state1, state2, state3);
        return (int)Unsafe.ByteOffset(ref first, ref level);
    }

    /// <summary>Decodes as many levels as the only stream surely has words for.</summary>
    /// <returns>How many these are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int DecodeOnes(Span<sbyte> levels)
    {
        ref byte words = ref MemoryMarshal.GetReference(_words);
        ref byte slots = ref _tables.Slots[0];
        ref uint ranges = ref _tables.Ranges[0];
        nint next = _next, last = _words.Length - sizeof(ushort);
        int least = _header.Least, i = 0;
        uint state = _states[0];
        for (; i < levels.Length && next <= last; i++)
        {
            levels[i] = LevelStep(ref state, ref slots, ref ranges, least, ref Unsafe.AddByteOffset(ref words, next), out nint taken);
            next += taken;
        }
        _next = (int)next;
        _states[0] = state;
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static sbyte LevelStep(ref uint state, ref byte slots, ref uint ranges, int least, ref byte word, out nint taken)
    {
        int symbol = Step(ref state, ref slots, ref ranges, ref word, out taken);
        Unsafe.Add(ref ranges, RansTables.CountsAfter + symbol)++;
        return (sbyte)(symbol + least);
    }

    private void DecodeKernels(RansNeighbours neighbours, Span<sbyte> levels)
    {
        int side = neighbours.Row * _states.Length, build = RansTables.BuildAfter(0);
        levels.Clear();
        for (int done = 0; done < levels.Length; done += side)
        {
            if (done >= build)
            {
                _tables.Build();
                build = RansTables.BuildAfter(done);
            }
            Span<sbyte> outputs = levels.Slice(done, Math.Min(side, levels.Length - done));
            int fast = outputs.Length == neighbours.Row * RansHeader.MostStreams ? DecodeFourOutputs(neighbours, outputs) : 0;
            DecodeOutputs(neighbours, outputs, fast);
        }
    }

    /// <summary>Decodes some outputs side by side.</summary>
    /// <param name="neighbours">Their shape.</param>
    /// <param name="levels">Receives the levels of the outputs.</param>
    /// <param name="position">Where in each output to begin.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DecodeOutputs(RansNeighbours neighbours, Span<sbyte> levels, int position)
    {
        int row = neighbours.Row, width = neighbours.Width, channels = neighbours.Channels;
        for (; position < row; position++)
        {
            int tap = position / channels;
            int left = tap % width > 0 ? channels : 0, above = tap >= width ? width * channels : 0;
            for (int stream = 0, place = position; place < levels.Length; stream++, place += row)
            {
                // Where there is nothing beside it, the level itself is read, which is 0 until it is decoded.
                int sum = levels[place - left] + levels[place - above], sign = sum >> 31, kind = neighbours.Class((sum ^ sign) - sign);
                int symbol = Step(ref _states[stream], kind);
                _tables.Counts[kind * RansTables.Stride + symbol]++;
                levels[place] = (sbyte)((symbol + _header.Least ^ sign) - sign);
            }
        }
    }

    /// <summary>Decodes an output of each stream, with the states in registers, as far as all streams surely have words.</summary>
    /// <returns>How many levels of each output these are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int DecodeFourOutputs(RansNeighbours neighbours, Span<sbyte> levels)
    {
        KernelTables tables = new(_tables, neighbours, _header.Least);
        int width = neighbours.Width;
        nint channels = neighbours.Channels, row = neighbours.Row, position = 0;
        if (_words.Length - _next < StepBytes) return 0;
        ref byte word = ref Unsafe.Add(ref MemoryMarshal.GetReference(_words), _next), start = ref word;
        ref byte lastWord = ref Unsafe.Add(ref MemoryMarshal.GetReference(_words), _words.Length - StepBytes);
        ref sbyte first = ref levels[0];
        uint state0 = _states[0], state1 = _states[1], state2 = _states[2], state3 = _states[3];
        for (int tap = 0; tap < neighbours.Height * width; tap++)
        {
            nint left = tap % width > 0 ? -channels : 0, above = tap >= width ? -width * channels : 0;
            for (nint end = (tap + 1) * channels; position < end && !Unsafe.IsAddressGreaterThan(ref word, ref lastWord); position++)
            {
                ref sbyte level = ref Unsafe.Add(ref first, position);
                word = ref Unsafe.AddByteOffset(ref word, KernelStep(ref state0, in tables, ref word, ref level, left, above));
                level = ref Unsafe.Add(ref level, row);
                word = ref Unsafe.AddByteOffset(ref word, KernelStep(ref state1, in tables, ref word, ref level, left, above));
                level = ref Unsafe.Add(ref level, row);
                word = ref Unsafe.AddByteOffset(ref word, KernelStep(ref state2, in tables, ref word, ref level, left, above));
                level = ref Unsafe.Add(ref level, row);
                word = ref Unsafe.AddByteOffset(ref word, KernelStep(ref state3, in tables, ref word, ref level, left, above));
            }
        }
        _next += (int)Unsafe.ByteOffset(ref start, ref word);
        (_states[0], _states[1], _states[2], _states[3]) = (state0, state1, state2, state3);
        return (int)position;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint KernelStep(ref uint state, in KernelTables tables, ref byte word, ref sbyte level, nint left, nint above)
    {
        int sum = Unsafe.Add(ref level, left) + Unsafe.Add(ref level, above), sign = sum >> 31, magnitude = (sum ^ sign) - sign;
        // One for each bound that is reached; without branches, which could not be predicted.
        nuint kind = (uint)(tables.BelowMedium - magnitude) >> 31;
        kind += (uint)(tables.BelowLarge - magnitude) >> 31;
        ref uint ranges = ref Unsafe.Add(ref tables.Ranges, kind * RansTables.Stride);
        int symbol = Step(ref state, ref Unsafe.Add(ref tables.Slots, kind * RansTables.Scale), ref ranges, ref word, out nint taken);
        Unsafe.Add(ref ranges, RansTables.CountsAfter + symbol)++;
        level = (sbyte)((symbol + tables.Least ^ sign) - sign);
        return taken;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Step(ref uint state, int kind)
    {
        int symbol = _tables.Slots[kind * RansTables.Scale + (int)(state & RansTables.Scale - 1)];
        state = Advance(state, _tables.Ranges[kind * RansTables.Stride + symbol]);
        // Where words are missing, the states at the end are not what they should be.
        if (state < RansTables.LowerBound && _next < _words.Length)
        {
            state = state << 16 | BinaryPrimitives.ReadUInt16LittleEndian(_words.Slice(_next));
            _next += sizeof(ushort);
        }
        return symbol;
    }

    /// <summary>
    /// The next symbol of a stream. Whether a word comes in cannot be predicted, so there is no branch; so a word must be there even if it is
    /// not taken.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Step(ref uint state, ref byte slots, ref uint ranges, ref byte word, out nint taken)
    {
        nuint symbol = Unsafe.Add(ref slots, (nuint)(state & RansTables.Scale - 1));
        uint advanced = Advance(state, Unsafe.Add(ref ranges, symbol));
        ushort refill = Unsafe.ReadUnaligned<ushort>(ref word);
        if (!BitConverter.IsLittleEndian) refill = BinaryPrimitives.ReverseEndianness(refill);
        // All ones where a word comes in, else zero.
        nint takes = (nint)((long)advanced - RansTables.LowerBound >> 63);
        state = advanced << ((int)takes & 16) | refill & (uint)takes;
        taken = takes & sizeof(ushort);
        return (int)symbol;
    }

    /// <summary>The state after a symbol, before a word comes in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Advance(uint state, uint range) =>
        (range >> 16) * (state >> RansTables.ScaleBits) + ((state & RansTables.Scale - 1) - (range & 0xFFFF));

    /// <summary>What the steps of kernels look up.</summary>
    private readonly ref struct KernelTables
    {
        public readonly ref byte Slots;
        public readonly ref uint Ranges;
        public readonly int BelowMedium, BelowLarge, Least;

        public KernelTables(RansTables tables, RansNeighbours neighbours, int least)
        {
            Slots = ref tables.Slots[0];
            Ranges = ref tables.Ranges[0];
            (BelowMedium, BelowLarge, Least) = (neighbours.Medium - 1, neighbours.Large - 1, least);
        }
    }
}
