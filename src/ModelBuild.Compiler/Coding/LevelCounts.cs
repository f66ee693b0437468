using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Coding;

/// <summary>How often levels occur in each part of a sequence and class: enough to tell the length of its code under any header.</summary>
internal sealed class LevelCounts
{
    private readonly uint[][] _parts;

    private LevelCounts(uint[][] parts, int least, int greatest) => (_parts, Least, Greatest) = (parts, least, greatest);

    /// <summary>The least level that is to be coded.</summary>
    public int Least { get; }

    /// <summary>The greatest.</summary>
    public int Greatest { get; }

    /// <summary>Counts a sequence.</summary>
    /// <param name="sequence">The levels.</param>
    /// <param name="isMirrored">As many levels are to be coded below zero as above.</param>
    public static LevelCounts Of(LevelSequence sequence, bool isMirrored)
    {
        int least = 0, greatest = 0;
        if (sequence.Levels.Length > 0) (least, greatest) = (sequence.Levels.Min(), sequence.Levels.Max());
        if (isMirrored) (least, greatest) = (-Math.Max(-least, greatest), Math.Max(-least, greatest));
        uint[][] parts = [.. sequence.Parts.Select(_ => new uint[RansNeighbours.Classes * RansTables.Stride])];
        for (int part = 0, i = 0; part < parts.Length; part++)
        {
            for (; i < sequence.Parts[part]; i++) parts[part][sequence.Classes[i] * RansTables.Stride + sequence.Levels[i] - least]++;
        }
        return new LevelCounts(parts, least, greatest);
    }

    /// <summary>The nearest integer to the mean level of a class; 0 if it has none.</summary>
    public int Mean(int index)
    {
        long sum = 0, count = 0;
        for (int symbol = 0; symbol <= Greatest - Least; symbol++)
        {
            long occurrences = _parts.Sum(part => part[index * RansTables.Stride + symbol]);
            sum += occurrences * (Least + symbol);
            count += occurrences;
        }
        return count == 0 ? 0 : (int)((2 * sum + count * Math.Sign(sum)) / (2 * count));
    }

    /// <summary>Length of the code if tables are made anew where they are, in <see cref="CodeLength.Unit"/>.</summary>
    public long Length(RansHeader header) => Length(header, isAdaptive: true, out _);

    /// <summary>Length of the code if the initial tables stay, in <see cref="CodeLength.Unit"/>.</summary>
    public long InitialLength(RansHeader header) => Length(header, isAdaptive: false, out _);

    /// <summary>The tables at the end.</summary>
    public RansTables Last(RansHeader header)
    {
        Length(header, isAdaptive: true, out RansTables tables);
        return tables;
    }

    private long Length(RansHeader header, bool isAdaptive, out RansTables tables)
    {
        tables = new RansTables(header, slots: []);
        long length = 0;
        for (int part = 0; part < _parts.Length; part++)
        {
            if (isAdaptive && part > 0) tables.Build();
            for (int i = 0; i < tables.Ranges.Length; i++)
            {
                uint count = _parts[part][i];
                if (count == 0) continue;
                length += count * CodeLength.OfSlots((int)(tables.Ranges[i] >> 16));
                tables.Counts[i] += count;
            }
        }
        return length;
    }
}
