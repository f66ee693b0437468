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
    // Words that a step of all streams may take beyond the last before it is noticed.
    private const int Slack = RansHeader.MostStreams;

    private readonly RansHeader _header;
    private readonly RansTables _tables;
    private readonly ushort[] _words;
    private readonly Span<uint> _states;
    private int _next;

    private RansDecoder(RansHeader header, ReadOnlySpan<byte> states, ReadOnlySpan<byte> words, byte[] slots, Span<uint> buffer)
    {
        _header = header;
        _tables = new RansTables(header, slots);
        _states = buffer.Slice(0, header.Streams);
        for (int i = 0; i < _states.Length; i++) _states[i] = BinaryPrimitives.ReadUInt32LittleEndian(states.Slice(i * sizeof(uint)));
        _words = new ushort[words.Length / sizeof(ushort) + Slack];
        words.CopyTo(MemoryMarshal.AsBytes(_words.AsSpan()));
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(_words, _words);
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
        levels.Clear();
        byte[] slots = ArrayPool<byte>.Shared.Rent(RansTables.ClassesOf(header) * RansTables.Scale);
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
        if (_next != _words.Length - Slack) throw RansHeader.Damaged("has bytes left over");
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
            int fast = _states.Length == RansHeader.MostStreams ? DecodeFours(part) : 0;
            for (int i = fast; i < part.Length; i++)
            {
                part[i] = (sbyte)(Step(ref _states[i % _states.Length], 0) + _header.Least);
            }
            done += part.Length;
            if (done == levels.Length) return;
            foreach (sbyte level in part) _tables.Counts[level - _header.Least]++;
            _tables.Build();
        }
    }

    /// <summary>Decodes as many levels as all streams give, with the states in registers.</summary>
    /// <returns>How many these are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int DecodeFours(Span<sbyte> levels)
    {
        ref byte slots = ref _tables.Slots[0];
        ref uint ranges = ref _tables.Ranges[0];
        ref ushort words = ref _words[0];
        int next = _next, last = _words.Length - Slack, least = _header.Least;
        uint state0 = _states[0], state1 = _states[1], state2 = _states[2], state3 = _states[3];
        int i = 0;
        for (; i <= levels.Length - RansHeader.MostStreams; i += RansHeader.MostStreams)
        {
            ref sbyte level = ref levels[i];
            level = (sbyte)(Step(ref state0, ref slots, ref ranges, ref words, ref next) + least);
            Unsafe.Add(ref level, 1) = (sbyte)(Step(ref state1, ref slots, ref ranges, ref words, ref next) + least);
            Unsafe.Add(ref level, 2) = (sbyte)(Step(ref state2, ref slots, ref ranges, ref words, ref next) + least);
            Unsafe.Add(ref level, 3) = (sbyte)(Step(ref state3, ref slots, ref ranges, ref words, ref next) + least);
            if (next > last) break;
        }
        _next = next;
        RequireWords();
        (_states[0], _states[1], _states[2], _states[3]) = (state0, state1, state2, state3);
        return i;
    }

    private void DecodeKernels(RansNeighbours neighbours, Span<sbyte> levels)
    {
        int side = neighbours.Row * _states.Length, build = RansTables.BuildAfter(0);
        for (int done = 0; done < levels.Length; done += side)
        {
            if (done >= build)
            {
                _tables.Build();
                build = RansTables.BuildAfter(done);
            }
            Span<sbyte> outputs = levels.Slice(done, Math.Min(side, levels.Length - done));
            if (outputs.Length == neighbours.Row * RansHeader.MostStreams) DecodeFourOutputs(neighbours, outputs);
            else DecodeOutputs(neighbours, outputs);
        }
    }

    /// <summary>Decodes some outputs side by side.</summary>
    private void DecodeOutputs(RansNeighbours neighbours, Span<sbyte> levels)
    {
        int row = neighbours.Row, width = neighbours.Width, channels = neighbours.Channels;
        for (int tap = 0, position = 0; tap < neighbours.Height * width; tap++)
        {
            int left = tap % width > 0 ? channels : 0, above = tap >= width ? width * channels : 0;
            for (int end = position + channels; position < end; position++)
            {
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
    }

    /// <summary>Decodes an output of each stream, with the states in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DecodeFourOutputs(RansNeighbours neighbours, Span<sbyte> levels)
    {
        KernelTables tables = new(_tables, neighbours, _header.Least);
        ref ushort words = ref _words[0];
        ref sbyte first = ref levels[0];
        int row = neighbours.Row, next = _next, last = _words.Length - Slack;
        uint state0 = _states[0], state1 = _states[1], state2 = _states[2], state3 = _states[3];
        for (int tap = 0, position = 0; tap < neighbours.Height * neighbours.Width; tap++)
        {
            int left = tap % neighbours.Width > 0 ? neighbours.Channels : 0, above = tap >= neighbours.Width ? neighbours.Width * neighbours.Channels : 0;
            for (int end = position + neighbours.Channels; position < end && next <= last; position++)
            {
                ref sbyte level = ref Unsafe.Add(ref first, position);
                KernelStep(ref state0, in tables, ref words, ref next, ref level, left, above);
                KernelStep(ref state1, in tables, ref words, ref next, ref Unsafe.Add(ref level, row), left, above);
                KernelStep(ref state2, in tables, ref words, ref next, ref Unsafe.Add(ref level, 2 * row), left, above);
                KernelStep(ref state3, in tables, ref words, ref next, ref Unsafe.Add(ref level, 3 * row), left, above);
            }
        }
        _next = next;
        RequireWords();
        (_states[0], _states[1], _states[2], _states[3]) = (state0, state1, state2, state3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void KernelStep(ref uint state, in KernelTables tables, ref ushort words, ref int next, ref sbyte level, int left, int above)
    {
        int sum = Unsafe.Subtract(ref level, left) + Unsafe.Subtract(ref level, above), sign = sum >> 31, magnitude = (sum ^ sign) - sign;
        nuint kind = (nuint)((magnitude >= tables.Medium ? 1u : 0) + (magnitude >= tables.Large ? 1u : 0));
        ref uint ranges = ref Unsafe.Add(ref tables.Ranges, kind * RansTables.Stride);
        int symbol = Step(ref state, ref Unsafe.Add(ref tables.Slots, kind * RansTables.Scale), ref ranges, ref words, ref next);
        Unsafe.Add(ref tables.Counts, kind * RansTables.Stride + (nuint)(uint)symbol)++;
        level = (sbyte)((symbol + tables.Least ^ sign) - sign);
    }

    private readonly void RequireWords()
    {
        if (_next > _words.Length - Slack) throw RansHeader.Damaged("ends too early");
    }

    private int Step(ref uint state, int kind)
    {
        int symbol = _tables.Slots[kind * RansTables.Scale + (int)(state & RansTables.Scale - 1)];
        state = Advance(state, _tables.Ranges[kind * RansTables.Stride + symbol]);
        // No branch, which could not be predicted. Where words are missing, the states at the end are not what they should be.
        bool takes = state < RansTables.LowerBound & _next < _words.Length - Slack;
        uint refilled = state << 16 | _words[_next];
        state = takes ? refilled : state;
        _next += takes ? 1 : 0;
        return symbol;
    }

    /// <summary>
    /// The next symbol of a stream. Whether a word comes in is a conditional move, since it cannot be predicted; so a word must
    /// be there even if it is not taken.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Step(ref uint state, ref byte slots, ref uint ranges, ref ushort words, ref int next)
    {
        uint slot = state & RansTables.Scale - 1;
        nuint symbol = Unsafe.Add(ref slots, (nuint)slot);
        uint range = Unsafe.Add(ref ranges, symbol);
        uint advanced = Advance(state, range);
        uint refilled = advanced << 16 | Unsafe.Add(ref words, (nuint)(uint)next);
        bool takes = advanced < RansTables.LowerBound;
        state = takes ? refilled : advanced;
        next += takes ? 1 : 0;
        return (int)symbol;
    }

    /// <summary>The state after a symbol, before a word comes in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Advance(uint state, uint range) =>
        (range >> 16) * (state >> RansTables.ScaleBits) + (state & RansTables.Scale - 1) - (range & 0xFFFF);

    /// <summary>What the steps of kernels look up.</summary>
    private readonly ref struct KernelTables
    {
        public readonly ref byte Slots;
        public readonly ref uint Ranges, Counts;
        public readonly int Medium, Large, Least;

        public KernelTables(RansTables tables, RansNeighbours neighbours, int least)
        {
            Slots = ref tables.Slots[0];
            Ranges = ref tables.Ranges[0];
            Counts = ref tables.Counts[0];
            (Medium, Large, Least) = (neighbours.Medium, neighbours.Large, least);
        }
    }
}
