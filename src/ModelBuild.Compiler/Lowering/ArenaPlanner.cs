namespace ModelBuild.Compiler.Lowering;

/// <summary>A block of the working memory that is needed for some steps.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="First">First step that uses it.</param>
/// <param name="Last">Last step that uses it.</param>
internal readonly record struct ArenaBlock(long Bytes, int First, int Last)
{
    /// <summary>Both are needed in one step.</summary>
    public bool Meets(ArenaBlock other) => First <= other.Last && other.First <= Last;
}

/// <summary>
/// Places blocks so that those needed at the same time do not overlap: the greatest first, each into the smallest gap that
/// takes it (Pisarchyk and Lee 2020, "Efficient memory management for deep neural net inference", greedy by size).
/// </summary>
internal static class ArenaPlanner
{
    /// <summary>Bytes that every offset is a multiple of.</summary>
    public const int Alignment = 64;

    /// <summary>The offset of each block, and the length of the memory.</summary>
    public static (long[] Offsets, long Length) Place(IReadOnlyList<ArenaBlock> blocks)
    {
        long[] offsets = new long[blocks.Count];
        long length = 0;
        List<int> placed = [];
        foreach (int index in Enumerable.Range(0, blocks.Count).OrderByDescending(i => blocks[i].Bytes).ThenBy(i => blocks[i].First))
        {
            ArenaBlock block = blocks[index];
            if (block.Bytes == 0) continue;
            offsets[index] = BestFit(block.Bytes, placed.Where(other => blocks[other].Meets(block))
                .Select(other => (Start: offsets[other], End: Align(offsets[other] + blocks[other].Bytes))).OrderBy(range => range.Start));
            length = Math.Max(length, Align(offsets[index] + block.Bytes));
            placed.Add(index);
        }
        return (offsets, length);
    }

    /// <summary>The start of the smallest gap between the ranges that takes so many bytes, or the end.</summary>
    private static long BestFit(long bytes, IEnumerable<(long Start, long End)> taken)
    {
        long end = 0, best = -1, least = long.MaxValue;
        foreach ((long start, long stop) in taken)
        {
            long gap = start - end;
            if (gap >= bytes && gap < least) (best, least) = (end, gap);
            end = Math.Max(end, stop);
        }
        return best >= 0 ? best : end;
    }

    private static long Align(long offset) => (offset + Alignment - 1) / Alignment * Alignment;
}
