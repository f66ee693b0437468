namespace ModelBuild.Kernels.Tests;

public class ThreadTeamTests
{
    private static readonly int Threads = ThreadTeam.Shared.Grow(4);

    [Fact]
    public void Every_unit_is_done_once()
    {
        for (int units = 1; units < 200; units++)
        {
            Counting work = new(units);
            Run(work, units);
            Assert.All(work.Counts, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void Who_comes_while_the_team_is_busy_is_told_so()
    {
        bool nested = true;
        Run(new Calling(() => nested = ThreadTeam.Shared.TryRun(new Counting(1), 1, 1, 1)), 1);
        Assert.False(nested);
    }

    [Fact]
    public void What_a_part_throws_is_thrown_to_the_caller_after_all_parts_are_done()
    {
        int calls = 0;
        Calling work = new(() =>
        {
            Interlocked.Increment(ref calls);
            throw new ArithmeticException("part");
        });
        Assert.Equal("part", Assert.Throws<ArithmeticException>(() => Run(work, 6)).Message);
        Assert.Equal(Math.Min(6, 2 * Threads), calls);
        Counting next = new(6);
        Run(next, 6);
        Assert.All(next.Counts, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        Counting work = new(16);
        for (int i = 0; i < 100; i++) Run(work, 16);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) Run(work, 16);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // Other tests may have the team.
    private static void Run(IDividedWork work, int units)
    {
        while (!ThreadTeam.Shared.TryRun(work, units, units, Threads)) Thread.Yield();
    }

    private sealed class Counting(int units) : IDividedWork
    {
        public int[] Counts { get; } = new int[units];

        public void Run(int first, int end)
        {
            for (int unit = first; unit < end; unit++) Interlocked.Increment(ref Counts[unit]);
        }
    }

    private sealed class Calling(Action action) : IDividedWork
    {
        public void Run(int first, int end) => action();
    }
}
