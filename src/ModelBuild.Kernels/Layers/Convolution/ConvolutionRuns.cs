using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// Orders the entries of four outputs into runs that can be summed in 16 bits. An entry gives each of its eight 16-bit lanes
/// (four outputs, two pairs of channels) at most 255 * p and at least -255 * n, where p is the sum of the pair's positive weights and
/// n of its negative ones; while both sums over a run stay within 128, its partial sums stay within 255 * 128 = 32,640.
/// </summary>
internal sealed class ConvolutionRuns
{
    private const int Limit = 128;

    /// <summary>Runs that still take entries. More find more room, and cost time when packing.</summary>
    private const int OpenRuns = 8;

    private readonly int[] _offsets;
    private readonly Vector128<sbyte>[] _weights;
    private readonly int[] _runOf;
    private readonly int[] _runLengths;
    private readonly int[] _runPositions;
    private readonly int[] _open = new int[OpenRuns];
    private readonly Vector128<byte>[] _loads = new Vector128<byte>[OpenRuns];
    private int _count;
    private int _runs;

    /// <param name="capacity">Most entries of a group, before splitting.</param>
    public ConvolutionRuns(int capacity)
    {
        // Splitting doubles them at worst.
        _offsets = new int[capacity * 2];
        _weights = new Vector128<sbyte>[capacity * 2];
        _runOf = new int[capacity * 2];
        _runLengths = new int[capacity * 2];
        _runPositions = new int[capacity * 2];
    }

    /// <summary>Most integers that <see cref="Write"/> may write.</summary>
    public int CodeBound => _count * (ConvolutionProgram.EntryLength + 2);

    /// <summary>What a kernel with sums in 16 bits has to do: an addition an entry, two for one that was split, and a widening a run.</summary>
    public int Steps => _count + _runs;

    /// <summary>Forgets all entries for those of a group.</summary>
    public void Set(ReadOnlySpan<int> entries)
    {
        _count = 0;
        _runs = 0;
        for (; entries.Length > 0; entries = entries.Slice(ConvolutionProgram.EntryLength))
            Add(entries[0], Vector128.Create(entries.Slice(1, 4)).AsSByte());
    }

    /// <summary>Adds an entry, as two when a pair of its weights alone could leave 16 bits.</summary>
    /// <param name="offset">Byte offset of the input quad.</param>
    /// <param name="weights">Four weights for each of the four outputs.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(int offset, Vector128<sbyte> weights)
    {
        Vector128<byte> load = Load(weights);
        if (!Vector128.GreaterThanAny(load, Vector128.Create((byte)Limit)))
        {
            Place(offset, weights, load);
            return;
        }
        // Halves: w = (w >> 1) + (w - (w >> 1)), whose pairs sum to at most 64 + 64.
        Vector128<sbyte> half = Vector128.ShiftRightArithmetic(weights, 1);
        Vector128<sbyte> rest = weights - half;
        Place(offset, half, Load(half));
        Place(offset, rest, Load(rest));
    }

    /// <summary>Writes the segments of the group, longest runs first, without the closing 0.</summary>
    /// <returns>Integers written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Write(Span<int> code)
    {
        int longest = 0;
        for (int run = 0; run < _runs; run++) longest = Math.Max(longest, _runLengths[run]);
        int position = 0;
        for (int length = longest; length > 0; length--)
        {
            int header = position;
            int runs = 0;
            for (int run = 0; run < _runs; run++)
            {
                if (_runLengths[run] != length) continue;
                _runPositions[run] = header + 2 + runs++ * length * ConvolutionProgram.EntryLength;
            }
            if (runs == 0) continue;
            code[header] = length;
            code[header + 1] = runs;
            position = header + 2 + runs * length * ConvolutionProgram.EntryLength;
        }
        for (int entry = 0; entry < _count; entry++)
        {
            ref int target = ref _runPositions[_runOf[entry]];
            code[target] = _offsets[entry];
            _weights[entry].AsInt32().CopyTo(code.Slice(target + 1, 4));
            target += ConvolutionProgram.EntryLength;
        }
        return position;
    }

    /// <summary>Sums of the positive weights of the eight pairs in the even bytes, of the negative ones in the odd bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Load(Vector128<sbyte> weights)
    {
        Vector128<ushort> positive = PairSums(Vector128.Max(weights, Vector128<sbyte>.Zero));
        Vector128<ushort> negative = PairSums(Vector128.Max(-weights, Vector128<sbyte>.Zero));
        return (positive | (negative << 8)).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> PairSums(Vector128<sbyte> values) =>
        (values.AsUInt16() & Vector128.Create((ushort)0xFF)) + (values.AsUInt16() >> 8);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(int offset, Vector128<sbyte> weights, Vector128<byte> load)
    {
        int entry = _count++;
        _offsets[entry] = offset;
        _weights[entry] = weights;
        Vector128<byte> room = Vector128.Create((byte)Limit) - load;
        int open = Math.Min(_runs, OpenRuns);
        for (int i = 0; i < open; i++)
        {
            if (Vector128.GreaterThanAny(_loads[i], room)) continue;
            _loads[i] += load;
            _runOf[entry] = _open[i];
            _runLengths[_open[i]]++;
            return;
        }
        int slot = _runs % OpenRuns;
        _open[slot] = _runs;
        _loads[slot] = load;
        _runLengths[_runs] = 1;
        _runOf[entry] = _runs++;
    }
}
