using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Coding;

/// <summary>Finds the header under which a tensor's code is shortest. Compares integers only, so that every machine finds the same.</summary>
internal static class RansFit
{
    // Below this many levels the bytes that three more streams take (14) count for more than the time they save.
    private const int FewestInterleaved = 2048;

    // Fractions to begin with, and how near they are found: an octave has eight.
    private const int CoarseStep = 16;

    private const int TrustStep = 2, MostTrust = 15;

    // Sums of neighbours that are medium and large, in tenths of the mean magnitude of a level.
    private const int Medium = 4, Large = 12;

    /// <summary>The header for some levels, and the sequence in which they are coded.</summary>
    /// <param name="levels">The levels.</param>
    /// <param name="shape">Dimensions; [output][y][x][channel] where kernels of more than one place are told.</param>
    public static (RansHeader Header, LevelSequence Sequence) Fit(ReadOnlySpan<sbyte> levels, IReadOnlyList<int> shape)
    {
        int streams = levels.Length < FewestInterleaved ? 1 : RansHeader.MostStreams;
        (RansHeader Header, LevelSequence Sequence, long Length) best = Fit(levels, streams, null);
        if (Neighbours(levels, shape) is { } neighbours && Fit(levels, streams, neighbours) is var other && other.Length < best.Length) best = other;
        return (best.Header, best.Sequence);
    }

    private static (RansHeader Header, LevelSequence Sequence, long Length) Fit(ReadOnlySpan<sbyte> levels, int streams, RansNeighbours? neighbours)
    {
        LevelSequence sequence = LevelSequence.Of(levels, streams, neighbours);
        LevelCounts counts = LevelCounts.Of(sequence, isMirrored: neighbours is not null);
        RansHeader header = new()
        {
            Streams = streams, Least = counts.Least, Greatest = counts.Greatest, Trust = MostTrust,
            Neighbours = neighbours is null ? null : neighbours with { MediumMean = counts.Mean(1), LargeMean = counts.Mean(2) },
        };
        header = Distribution(header, counts);
        header = Enumerable.Range(0, MostTrust / TrustStep + 1).Select(i => header with { Trust = i * TrustStep }).MinBy(counts.Length)!;
        return (header, sequence, counts.Length(header) + header.Write().Length * CodeLength.Unit * 8);
    }

    /// <summary>The initial distribution that suits best, by a search on a coarse grid and around its best place on ever finer ones.</summary>
    private static RansHeader Distribution(RansHeader header, LevelCounts counts)
    {
        RansHeader best = header;
        long least = long.MaxValue;
        for (int decay = 0; decay <= RansTables.MostFraction; decay += CoarseStep)
        {
            for (int curvature = 0; curvature <= RansTables.MostFraction; curvature += CoarseStep) Try(decay, curvature);
        }
        for (int step = CoarseStep / 2; step > 0; step /= 2)
        {
            (int decay, int curvature) = (best.Decay, best.Curvature);
            for (int i = 0; i < 9; i++) Try(decay + (i / 3 - 1) * step, curvature + (i % 3 - 1) * step);
        }
        return best;

        void Try(int decay, int curvature)
        {
            if (Math.Min(decay, curvature) < 0 || Math.Max(decay, curvature) > RansTables.MostFraction) return;
            RansHeader candidate = header with { Decay = decay, Curvature = curvature };
            long length = counts.InitialLength(candidate);
            if (length < least) (best, least) = (candidate, length);
        }
    }

    private static RansNeighbours? Neighbours(ReadOnlySpan<sbyte> levels, IReadOnlyList<int> shape)
    {
        if (shape.Count != 4 || levels.Length == 0 || shape[1] * shape[2] == 1) return null;
        long sum = 0;
        foreach (sbyte level in levels)
        {
            if (level == sbyte.MinValue) return null;
            sum += Math.Abs((int)level);
        }
        long tenth = levels.Length * 10L;
        int medium = (int)Math.Max(1, (sum * Medium + tenth / 2) / tenth), large = (int)Math.Max(1, (sum * Large + tenth / 2) / tenth);
        return new RansNeighbours { Height = shape[1], Width = shape[2], Channels = shape[3], Medium = medium, Large = large };
    }
}
