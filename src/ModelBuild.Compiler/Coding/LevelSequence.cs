using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Coding;

/// <summary>The levels of a tensor in the order in which <see cref="RansDecoder"/> decodes them.</summary>
/// <param name="Levels">The levels, with their sign turned where the neighbours ask for it.</param>
/// <param name="Classes">The class of each, which chooses its table; all 0 without neighbours.</param>
/// <param name="Streams">The stream of each.</param>
/// <param name="Parts">Between which levels tables are made anew: the end of each part that is coded by the same tables.</param>
internal sealed record LevelSequence(sbyte[] Levels, byte[] Classes, byte[] Streams, int[] Parts)
{
    /// <summary>The sequence of a tensor.</summary>
    /// <param name="levels">Its levels.</param>
    /// <param name="streams">Interleaved streams.</param>
    /// <param name="neighbours">What levels of a kernel tell of others; null for nothing.</param>
    public static LevelSequence Of(ReadOnlySpan<sbyte> levels, int streams, RansNeighbours? neighbours) =>
        neighbours is null ? Plain(levels, streams) : Kernels(levels, streams, neighbours);

    private static LevelSequence Plain(ReadOnlySpan<sbyte> levels, int streams)
    {
        byte[] order = new byte[levels.Length];
        for (int i = 0; i < order.Length; i++) order[i] = (byte)(i % streams);
        List<int> parts = [];
        for (int done = 0; done < levels.Length; done = parts[^1]) parts.Add(Math.Min(RansTables.BuildAfter(done), levels.Length));
        return new LevelSequence(levels.ToArray(), new byte[levels.Length], order, [.. parts]);
    }

    private static LevelSequence Kernels(ReadOnlySpan<sbyte> levels, int streams, RansNeighbours neighbours)
    {
        LevelSequence sequence = new(new sbyte[levels.Length], new byte[levels.Length], new byte[levels.Length], []);
        List<int> parts = [];
        int row = neighbours.Row, at = 0, build = RansTables.BuildAfter(0);
        for (int side = 0; side < levels.Length; side += row * streams)
        {
            if (side >= build)
            {
                parts.Add(side);
                build = RansTables.BuildAfter(side);
            }
            for (int position = 0; position < row; position++)
            {
                int end = Math.Min(side + row * streams, levels.Length);
                for (int place = side + position, stream = 0; place < end; place += row, stream++)
                {
                    int sum = neighbours.Sum(levels, place, position);
                    sequence.Levels[at] = (sbyte)(sum < 0 ? -levels[place] : levels[place]);
                    sequence.Classes[at] = (byte)neighbours.Class(Math.Abs(sum));
                    sequence.Streams[at++] = (byte)stream;
                }
            }
        }
        return sequence with { Parts = [.. parts, .. levels.Length > 0 ? [levels.Length] : Array.Empty<int>()] };
    }
}
