using CsCheck;
using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Tests.Lowering;

public class ArenaPlannerTests
{
    private static readonly Gen<ArenaBlock[]> Blocks =
        (from bytes in Gen.Int[0, 5000]
         from first in Gen.Int[0, 30]
         from length in Gen.Int[0, 8]
         select new ArenaBlock(bytes, first, first + length)).Array[0, 40];

    [Fact]
    public void Blocks_that_are_needed_together_do_not_overlap() => Blocks.Sample(blocks =>
    {
        (long[] offsets, long length) = ArenaPlanner.Place(blocks);
        for (int i = 0; i < blocks.Length; i++)
        {
            Assert.True(offsets[i] % ArenaPlanner.Alignment == 0 && offsets[i] + blocks[i].Bytes <= length);
            for (int j = 0; j < i; j++)
            {
                bool apart = offsets[i] + blocks[i].Bytes <= offsets[j] || offsets[j] + blocks[j].Bytes <= offsets[i];
                Assert.True(apart || !blocks[i].Meets(blocks[j]) || blocks[i].Bytes == 0 || blocks[j].Bytes == 0);
            }
        }
        Assert.True(length >= ArenaPlanner.FullestStep(blocks));
    });

    [Fact]
    public void A_chain_takes_its_two_greatest_neighbours()
    {
        // Inverted residuals: narrow, wide, wide, narrow, and the first narrow one once more for the sum.
        List<ArenaBlock> blocks = [];
        int step = 0;
        for (int size = 64; size >= 1; size /= 2, step += 4)
        {
            blocks.Add(new(size * 64, step, step + 4));
            blocks.Add(new(size * 384, step + 1, step + 2));
            blocks.Add(new(size * 384, step + 2, step + 3));
            blocks.Add(new(size * 64, step + 3, step + 4));
        }
        Assert.InRange(ArenaPlanner.Place(blocks).Length, ArenaPlanner.FullestStep(blocks), ArenaPlanner.FullestStep(blocks) * 1.1);
    }
}
