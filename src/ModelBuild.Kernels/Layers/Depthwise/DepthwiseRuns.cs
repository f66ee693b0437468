using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Distributes the taps of four channels to pairs and runs, for the code of a <see cref="DepthwiseProgram"/>.
/// </summary>
/// <remarks>
/// VPMADDUBSW saturates: in a pair the positive weights of each channel sum to at most 128, the negative to at least -128, as 255 * 128
/// still fits 16 bits. Sums of pairs wrap, so of a run only the last one counts, which lies in an interval as wide as 255 times the magnitudes of
/// all its weights: it fits, with the right number to start from, if these sum to at most 257.
/// Numbers of four channels are computed with as the 16-bit lanes of one.
/// </remarks>
internal sealed class DepthwiseRuns
{
    private const int PairLimit = 128;
    private const int RunLimit = 257;
    private const int CostOfTap = 5;
    private const int None = -1;
    private const ulong Lanes = 0x0001_0001_0001_0001;
    private const int Raised = 128;

    // For each tap its weights, raised to be positive, their magnitudes, and the largest of these.
    private readonly ulong[] _weights;
    private readonly ulong[] _magnitudes;
    private readonly int[] _largest;

    // Taps to be placed, the largest first.
    private readonly int[] _taps;
    private int _count;

    // For each pair, in turn one of the first run and one of the second, its two taps or None.
    private readonly int[] _slots = new int[2 * DepthwiseProgram.MostPairs];

    /// <param name="taps">Taps of the kernel.</param>
    public DepthwiseRuns(int taps)
    {
        _weights = new ulong[taps];
        _magnitudes = new ulong[taps];
        _largest = new int[taps];
        _taps = new int[taps];
    }

    /// <summary>Integers that the code of a quad has at most.</summary>
    /// <param name="taps">Taps of the kernel.</param>
    // Two runs take two taps or more, and have more pairs than two only if that makes a tap cheaper.
    public static int MostCode(int taps) => (taps + 1) / 2 * Length(2) + Length(DepthwiseProgram.MostPairs) + 1;

    /// <summary>Writes the code of a quad.</summary>
    /// <param name="code">Room for it, zeroed.</param>
    /// <param name="offsets">[taps], of the quads for output pixel 0.</param>
    /// <param name="weights">[channels][taps], -127..127, of four channels or fewer.</param>
    /// <param name="initial">[4], from which the numbers are subtracted that runs start with.</param>
    /// <returns>Integers written.</returns>
    public int Write(Span<int> code, ReadOnlySpan<int> offsets, ReadOnlySpan<sbyte> weights, Span<int> initial)
    {
        Read(weights);
        int length = 0;
        while (_count > 0)
        {
            int pairs = CheapestPairs();
            Assign(pairs);
            WriteRuns(code.Slice(length), pairs, offsets, initial);
            length += Length(pairs);
            RemovePlaced();
        }
        code[length++] = 0;
        return length;
    }

    private static int Length(int pairs) => DepthwiseProgram.HeaderLength + pairs * DepthwiseProgram.PairLength;

    /// <summary>Packs the weights, and puts the taps that have any in order: the largest are the hardest to place.</summary>
    private void Read(ReadOnlySpan<sbyte> weights)
    {
        int taps = _taps.Length;
        _count = 0;
        for (int tap = 0; tap < taps; tap++)
        {
            ulong raised = Raised * Lanes, magnitudes = 0;
            int largest = 0;
            for (int channel = 0; channel * taps < weights.Length; channel++)
            {
                int weight = weights[channel * taps + tap];
                int magnitude = Math.Abs(weight);
                largest = Math.Max(largest, magnitude);
                raised += (ulong)weight << channel * 16;
                magnitudes += (ulong)magnitude << channel * 16;
            }
            _weights[tap] = raised;
            _magnitudes[tap] = magnitudes;
            _largest[tap] = largest;
            if (largest == 0) continue;
            int place = _count++;
            for (; place > 0 && _largest[_taps[place - 1]] < largest; place--) _taps[place] = _taps[place - 1];
            _taps[place] = tap;
        }
    }

    private void RemovePlaced()
    {
        int left = 0;
        for (int i = 0; i < _count; i++)
        {
            if (Array.IndexOf(_slots, _taps[i]) < 0) _taps[left++] = _taps[i];
        }
        _count = left;
    }

    /// <summary>The number of pairs of the next two runs with which all taps presumably take the fewest instructions.</summary>
    private int CheapestPairs()
    {
        int best = 0, bestCost = int.MaxValue;
        for (int pairs = DepthwiseProgram.MostPairs; pairs >= 2; pairs--)
        {
            if (CostOf(pairs, _count - 2 * pairs) >= bestCost) continue;
            int cost = CostOf(pairs, _count - Assign(pairs));
            if (cost < bestCost) (best, bestCost) = (pairs, cost);
        }
        return best;
    }

    /// <summary>Instructions of two runs, and presumably of the taps left.</summary>
    private static int CostOf(int pairs, int left) => Cost(pairs) + (left <= 0 ? 0 : Math.Max(Cost(2), left * CostOfTap));

    /// <summary>To start and to widen two runs takes twelve instructions, a pair four and two more to be added.</summary>
    private static int Cost(int pairs) => 12 + 6 * pairs;

    /// <summary>Puts taps into the pairs of two runs, into the run with the smaller ones if it fits, until all places are taken.</summary>
    /// <returns>Taps that have a place.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Assign(int pairs)
    {
        _slots.AsSpan().Fill(None);
        ulong sums0 = 0, sums1 = 0;
        int load0 = 0, load1 = 0, taken = 0;
        for (int i = 0; i < _count && taken < 2 * pairs; i++)
        {
            int tap = _taps[i];
            ulong magnitudes = _magnitudes[tap];
            bool fits0 = !Exceed(sums0 + magnitudes, RunLimit), fits1 = !Exceed(sums1 + magnitudes, RunLimit);
            int slot = None;
            if (fits0 && (load0 <= load1 || !fits1)) slot = FindSlot(pairs, 0, tap);
            if (slot == None && fits1) slot = FindSlot(pairs, 1, tap);
            if (slot == None && fits0) slot = FindSlot(pairs, 0, tap);
            if (slot == None) continue;
            _slots[slot] = tap;
            taken++;
            if ((slot & 2) == 0)
            {
                sums0 += magnitudes;
                load0 += _largest[tap];
            }
            else
            {
                sums1 += magnitudes;
                load1 += _largest[tap];
            }
        }
        return taken;
    }

    /// <summary>An empty pair of a run, or the place beside the smallest tap that fits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FindSlot(int pairs, int run, int tap)
    {
        for (int pair = run; pair < pairs; pair += 2)
        {
            if (_slots[pair * 2] == None) return pair * 2;
        }
        for (int pair = (pairs - 1 - run) / 2 * 2 + run; pair >= 0; pair -= 2)
        {
            if (_slots[pair * 2 + 1] == None && Fit(_weights[tap], _weights[_slots[pair * 2]])) return pair * 2 + 1;
        }
        return None;
    }

    /// <summary>True if the weights of two taps may be those of a pair. With unlike signs a sum is smaller than its terms.</summary>
    private static bool Fit(ulong first, ulong second)
    {
        ulong sums = first + second;
        return !Exceed(sums, 2 * Raised + PairLimit) && !Exceed(4 * Raised * Lanes - sums, 2 * Raised + PairLimit);
    }

    /// <summary>True if any lane is greater than <paramref name="limit"/>.</summary>
    private static bool Exceed(ulong lanes, int limit) => (lanes + (ulong)(short.MaxValue - limit) * Lanes & 0x8000 * Lanes) != 0;

    private void WriteRuns(Span<int> code, int pairs, ReadOnlySpan<int> offsets, Span<int> initial)
    {
        code[0] = pairs;
        Span<int> sums = stackalloc int[4];
        for (int run = 0; run < 2; run++)
        {
            sums.Clear();
            for (int pair = run; pair < pairs; pair += 2)
            {
                Span<int> target = code.Slice(Length(pair), DepthwiseProgram.PairLength);
                // Zero weights are for the tap beside, or any.
                int first = _slots[pair * 2], second = _slots[pair * 2 + 1];
                target[0] = offsets[first == None ? _slots[0] : first];
                target[1] = second == None ? target[0] : offsets[second];
                for (int channel = 0; channel < 4; channel++)
                {
                    int weight0 = Weight(first, channel), weight1 = Weight(second, channel);
                    target[2 + channel / 2] |= ((byte)weight0 | (byte)weight1 << 8) << channel % 2 * 16;
                    sums[channel] += weight0 + weight1;
                }
            }
            for (int channel = 0; channel < 4; channel++)
            {
                // The middle of the interval becomes zero.
                int start = -byte.MaxValue * sums[channel] >> 1;
                code[1 + run * 2 + channel / 2] |= (ushort)start << channel % 2 * 16;
                initial[channel] -= start;
            }
        }
    }

    private int Weight(int tap, int channel) => tap == None ? 0 : (int)(_weights[tap] >> channel * 16 & 0xFF) - Raised;
}
