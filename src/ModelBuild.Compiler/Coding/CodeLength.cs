using System.Numerics;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Coding;

/// <summary>How long the code of a layer's levels is, without making it: what <see cref="RansEncoder"/> would write, within a few bytes.</summary>
internal sealed class CodeLength
{
    /// <summary>A bit, in the integers that lengths are compared in.</summary>
    public const long Unit = 1 << UnitBits;

    private const int UnitBits = 16;
    private static readonly long[] Lengths = [.. Enumerable.Range(0, RansTables.Scale + 1).Select(Length)];

    private readonly RansTables _tables;
    private readonly int _least;

    private CodeLength(double bits, RansTables tables, RansHeader header) => (Bits, _tables, _least, Neighbours) = (bits, tables, header.Least, header.Neighbours);

    /// <summary>Bits of all levels together, with header and states.</summary>
    public double Bits { get; }

    /// <summary>What tells the class of a level, see <see cref="RansNeighbours.Class"/>; null where there is one class only.</summary>
    public RansNeighbours? Neighbours { get; }

    /// <summary>The code of some levels.</summary>
    /// <param name="levels">Levels, [output][input...].</param>
    /// <param name="shape">Dimensions; [output][y][x][channel] where kernels of more than one place are told.</param>
    public static CodeLength Of(ReadOnlySpan<sbyte> levels, IReadOnlyList<int> shape)
    {
        (RansHeader header, LevelSequence sequence) = RansFit.Fit(levels, shape);
        LevelCounts counts = LevelCounts.Of(sequence, isMirrored: header.Neighbours is not null);
        double bytes = header.Write().Length + (header.Streams > 1 ? header.Streams * sizeof(ushort) : 1);
        return new CodeLength(bytes * 8 + counts.Length(header) / (double)Unit, counts.Last(header), header);
    }

    /// <summary>Bits of a level.</summary>
    /// <param name="level">The level, with its sign turned where the sum of its neighbours is negative; any, also one that does not occur.</param>
    /// <param name="index">Its class; 0 where there is one only.</param>
    public double LevelBits(int level, int index)
    {
        int symbol = level - _least;
        bool isCoded = symbol >= 0 && symbol < _tables.Symbols;
        return (isCoded ? OfSlots((int)(_tables.Ranges[index * RansTables.Stride + symbol] >> 16)) : Lengths[1]) / (double)Unit;
    }

    /// <summary>Bits of a level whose neighbours are not known: in the mean over the classes.</summary>
    public double LevelBits(int level)
    {
        double slots = 0, sum = 0;
        for (int i = 0; i < _tables.Classes; i++)
        {
            double count = _tables.Counts.Slice(i * RansTables.Stride, RansTables.Stride).ToArray().Sum(count => count);
            // With neighbours signs are turned half of the time.
            slots += count * (Neighbours is null ? LevelBits(level, i) : (LevelBits(level, i) + LevelBits(-level, i)) / 2);
            sum += count;
        }
        return sum > 0 ? slots / sum : LevelBits(level, 0);
    }

    /// <summary>Length of the code of a symbol that has so many slots, in <see cref="Unit"/>.</summary>
    public static long OfSlots(int slots) => Lengths[slots];

    /// <summary>ScaleBits - log2(slots), bit after bit: a number above 1 that is squared is above 2 where the next bit of its logarithm is set.</summary>
    private static long Length(int slots)
    {
        if (slots == 0) return 0;
        int whole = BitOperations.Log2((uint)slots);
        ulong value = (ulong)slots << 31 - whole;
        long logarithm = whole;
        for (int bit = 0; bit < UnitBits; bit++)
        {
            value = value * value >> 31;
            logarithm <<= 1;
            if (value < 1ul << 32) continue;
            value >>= 1;
            logarithm |= 1;
        }
        return ((long)RansTables.ScaleBits << UnitBits) - logarithm;
    }
}
