using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// The frequencies by which levels are coded. They begin as a distribution of two parameters and are made anew of it and of the
/// levels that are known at certain places, so that no table is stored. All in integers: encoder and decoder agree on any machine.
/// </summary>
/// <remarks>
/// Initial weights, m levels from the middle: w(0) = 1, w(m+1) = w(m) * r(m), r(0) = 1 - decay, r(m+1) = r(m) * (1 - curvature), so that
/// w(m) = exp(-a m - b m²).
/// </remarks>
internal sealed class RansTables
{
    /// <summary>Frequencies sum to 2 to the power of this.</summary>
    public const int ScaleBits = 14;

    /// <summary>Sum of the frequencies of a class.</summary>
    public const int Scale = 1 << ScaleBits;

    /// <summary>States are at least this; where one falls below, a word comes in.</summary>
    public const uint LowerBound = 1u << 16;

    /// <summary>Places of <see cref="Ranges"/> a class has.</summary>
    public const int Stride = 256;

    /// <summary>How far behind a symbol's range its count lies, so that decoding finds both by one address.</summary>
    public const int CountsAfter = RansNeighbours.Classes * Stride;

    /// <summary>The greatest argument of <see cref="Fraction"/>; more gives no more.</summary>
    public const int MostFraction = 175;

    private const int FirstBuild = 64, LastBuild = 1 << 18;
    private const int FractionBits = 24, WeightBits = 32, CountBits = 8, ReciprocalBits = 32;

    // Slots are written in whole vectors, from the first symbol's to the last's.
    private const int SlotSlack = 32;

    private readonly uint[] _weights;
    private readonly uint[] _rangesAndCounts;

    /// <summary>The tables before the first level.</summary>
    /// <param name="header">The initial distribution.</param>
    /// <param name="slots">For decoding, <see cref="SlotsOf"/> bytes, whatever they hold; empty otherwise.</param>
    public RansTables(RansHeader header, byte[] slots)
    {
        Classes = ClassesOf(header);
        Symbols = header.Symbols;
        _weights = new uint[Classes * Stride];
        _rangesAndCounts = new uint[Classes * Stride + CountsAfter];
        Slots = slots;
        for (int i = 0; i < Classes; i++) Distribute(header, header.Neighbours?.Mean(i) ?? 0, _weights.AsSpan(i * Stride, Symbols));
        Build();
    }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Number of symbols.</summary>
    public int Symbols { get; }

    /// <summary>How often each symbol (level less the least level) occurred: class * <see cref="Stride"/> + symbol.</summary>
    public Span<uint> Counts => _rangesAndCounts.AsSpan(CountsAfter, Classes * Stride);

    /// <summary>The part of the scale that is a symbol's: the first slot in bits 0..15, the number of slots in bits 16..31.</summary>
    public Span<uint> Ranges => _rangesAndCounts.AsSpan(0, Classes * Stride);

    /// <summary>The symbol of each slot: class * <see cref="Scale"/> + slot; empty where not asked for.</summary>
    public byte[] Slots { get; }

    /// <summary>Number of classes under a header.</summary>
    public static int ClassesOf(RansHeader header) => header.Neighbours is null ? 1 : RansNeighbours.Classes;

    /// <summary>Bytes that the <see cref="Slots"/> need.</summary>
    public static int SlotsOf(RansHeader header) => ClassesOf(header) * Scale + SlotSlack;

    /// <summary>How many levels are coded before the tables are made anew.</summary>
    /// <param name="done">Levels coded until now.</param>
    public static int BuildAfter(int done)
    {
        int next = FirstBuild;
        while (next <= done && next < LastBuild) next *= 2;
        return next > done ? next : int.MaxValue;
    }

    /// <summary>A part of one in units of 2^-24, on a logarithmic scale of eight steps an octave.</summary>
    public static uint Fraction(int index)
    {
        if (index < 8) return (uint)index;
        return index <= MostFraction ? (8u | (uint)index & 7) << (index >> 3) - 1 : 1u << FractionBits;
    }

    /// <summary>Makes the tables of the initial distribution and the counts.</summary>
    public void Build()
    {
        for (int i = 0; i < Classes; i++) Build(i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Build(int index)
    {
        ReadOnlySpan<uint> weights = _weights.AsSpan(index * Stride, Symbols), counts = Counts.Slice(index * Stride, Symbols);
        Span<uint> ranges = Ranges.Slice(index * Stride, Symbols);
        ulong sum = 0;
        for (int symbol = 0; symbol < weights.Length; symbol++) sum += weights[symbol] + ((ulong)counts[symbol] << CountBits);
        // A slot for each symbol, the others by weight.
        ulong reciprocal = ((ulong)(Scale - Symbols) << ReciprocalBits) / sum, before = 0;
        Span<byte> slots = Slots.Length == 0 ? default : Slots.AsSpan(index * Scale, Scale + SlotSlack);
        int start = 0;
        for (int symbol = 0; symbol < weights.Length; symbol++)
        {
            before += weights[symbol] + ((ulong)counts[symbol] << CountBits);
            int end = symbol == weights.Length - 1 ? Scale : symbol + 1 + (int)(before * reciprocal >> ReciprocalBits);
            ranges[symbol] = (uint)start | (uint)(end - start) << 16;
            Vector256<byte> filled = Vector256.Create((byte)symbol);
            for (int slot = slots.Length > 0 ? start : end; slot < end; slot += SlotSlack)
                filled.StoreUnsafe(ref MemoryMarshal.GetReference(slots), (nuint)slot);
            start = end;
        }
    }

    /// <summary>The initial distribution, worth 2^trust levels or a little more.</summary>
    private static void Distribute(RansHeader header, int mean, Span<uint> weights)
    {
        Span<ulong> decayed = stackalloc ulong[2 * Stride];
        int length = Math.Max(Math.Abs(header.Least - mean), Math.Abs(header.Greatest - mean)) + 1;
        ulong weight = 1ul << WeightBits, ratio = (1ul << FractionBits) - Fraction(header.Decay);
        ulong less = (1ul << FractionBits) - Fraction(header.Curvature), sum = 0;
        for (int m = 0; m < length; m++)
        {
            decayed[m] = weight;
            weight = weight * ratio >> FractionBits;
            ratio = ratio * less >> FractionBits;
        }
        for (int symbol = 0; symbol < weights.Length; symbol++) sum += decayed[Math.Abs(header.Least + symbol - mean)];
        int shift = Math.Max(0, 63 - BitOperations.LeadingZeroCount(sum | 1) - header.Trust - CountBits);
        for (int symbol = 0; symbol < weights.Length; symbol++) weights[symbol] = (uint)(decayed[Math.Abs(header.Least + symbol - mean)] >> shift);
        weights[Math.Clamp(mean - header.Least, 0, weights.Length - 1)] |= 1;
    }
}
