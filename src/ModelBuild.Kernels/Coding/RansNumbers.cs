using System;
using System.IO;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Decodes integers of the coding "Rans": the number of bits of each and its sign as levels of <see cref="RansDecoder"/>, the bits below
/// the highest as they are.
/// </summary>
/// <remarks>
/// Bytes: how many trailing zeros all have, which are left out; a middle, which is subtracted, as a varint (zigzag, as in
/// https://protobuf.dev/programming-guides/encoding/); length of the coded levels as a varint; these; the bits, from the least significant on.
/// </remarks>
internal static class RansNumbers
{
    /// <summary>Trailing zeros that are left out, at most.</summary>
    public const int MostShift = 31;

    private const int MostBits = 32;

    /// <summary>Decodes integers.</summary>
    /// <param name="coded">The coded form, all of it and nothing else.</param>
    /// <param name="numbers">Receives the integers, as many as were coded.</param>
    /// <exception cref="InvalidDataException">The coded form is damaged.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Decode(ReadOnlySpan<byte> coded, Span<int> numbers)
    {
        int position = 0, shift = RansHeader.Byte(coded, ref position);
        if (shift > MostShift) throw RansHeader.Damaged("has an impossible number");
        uint zigzag = RansHeader.Varint(coded, ref position), length = RansHeader.Varint(coded, ref position);
        int middle = (int)(zigzag >> 1) ^ -(int)(zigzag & 1);
        if (length > coded.Length - position) throw RansHeader.Damaged("has a wrong length");
        sbyte[] levels = new sbyte[numbers.Length];
        RansDecoder.Decode(coded.Slice(position, (int)length), levels);

        BitReader bits = new(coded.Slice(position + (int)length));
        for (int i = 0; i < levels.Length; i++)
        {
            int count = Math.Abs((int)levels[i]);
            if (count > MostBits) throw RansHeader.Damaged("has an impossible number");
            uint magnitude = count == 0 ? 0 : 1u << count - 1 | bits.Read(count - 1);
            uint sign = unchecked((uint)(levels[i] >> 7));
            numbers[i] = unchecked((int)((magnitude ^ sign) - sign + (uint)middle)) << shift;
        }
        bits.Finish();
    }

    private ref struct BitReader
    {
        private readonly ReadOnlySpan<byte> _bytes;
        private int _next;
        private ulong _buffer;
        private int _buffered;

        public BitReader(ReadOnlySpan<byte> bytes)
        {
            _bytes = bytes;
            (_next, _buffer, _buffered) = (0, 0, 0);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint Read(int count)
        {
            for (; _buffered < count; _buffered += 8)
            {
                if (_next == _bytes.Length) throw RansHeader.Damaged("ends too early");
                _buffer |= (ulong)_bytes[_next++] << _buffered;
            }
            uint value = (uint)(_buffer & (1ul << count) - 1);
            _buffer >>= count;
            _buffered -= count;
            return value;
        }

        public readonly void Finish()
        {
            if (_next != _bytes.Length) throw RansHeader.Damaged("has bytes left over");
        }
    }
}
