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
/// Places blocks so that those needed at the same time do not overlap. The greatest first, each into the smallest gap that takes
/// it (Pisarchyk and Lee 2020, "Efficient memory management for deep neural net inference", greedy by size); then, while that
/// takes more than the fullest step does, once more with the block that sticks out placed earlier.
/// </summary>
internal static class ArenaPlanner
{
    /// <summary>Bytes that every offset is a multiple of.</summary>
    public const int Alignment = 64;

    // Comparisons of two blocks that may be spent; about a tenth of a second.
    private const long Effort = 5_000_000;

    /// <summary>The offset of each block, and the length of the memory.</summary>
    public static (long[] Offsets, long Length) Place(IReadOnlyList<ArenaBlock> blocks)
    {
        long bound = FullestStep(blocks);
        IEnumerable<int> present = Enumerable.Range(0, blocks.Count).Where(i => blocks[i].Bytes > 0);
        List<int> order = [.. present.OrderByDescending(i => blocks[i].Bytes).ThenBy(i => blocks[i].First)];
        long[] offsets = new long[blocks.Count];
        long least = Place(blocks, order, offsets);
        long[] best = [.. offsets];
        for (long tries = Effort / Math.Max(1, (long)order.Count * order.Count); tries > 0 && least > bound; tries--)
        {
            int highest = order.MaxBy(i => offsets[i] + blocks[i].Bytes);
            order.Remove(highest);
            order.Insert(0, highest);
            long length = Place(blocks, order, offsets);
            if (length < least) (least, best) = (length, [.. offsets]);
        }
        return (best, least);
    }

    /// <summary>The most bytes that a step needs.</summary>
    public static long FullestStep(IReadOnlyList<ArenaBlock> blocks)
    {
        return blocks.Select(block => block.First).Distinct().Select(Needed).DefaultIfEmpty().Max();

        long Needed(int step) => blocks.Where(block => block.First <= step && step <= block.Last).Sum(block => Align(block.Bytes));
    }

    /// <returns>The length of the memory.</returns>
    private static long Place(IReadOnlyList<ArenaBlock> blocks, List<int> order, long[] offsets)
    {
        long length = 0;
        List<int> placed = [];
        foreach (int index in order)
        {
            ArenaBlock block = blocks[index];
            IEnumerable<int> present = placed.Where(other => blocks[other].Meets(block)).OrderBy(other => offsets[other]);
            offsets[index] = BestFit(block.Bytes, present.Select(other => (offsets[other], Align(offsets[other] + blocks[other].Bytes))));
            length = Math.Max(length, Align(offsets[index] + block.Bytes));
            placed.Add(index);
        }
        return length;
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
