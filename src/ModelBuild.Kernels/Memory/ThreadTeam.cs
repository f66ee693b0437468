using System;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace ModelBuild.Kernels;

/// <summary>
/// The threads that help callers of Predict, shared by all models of an assembly. They serve one caller at a time; who comes while they are
/// busy works alone. Handing out work takes no lock (unless a thread sleeps) and allocates nothing. Between two works the threads
/// spin for a moment, then they sleep; being background threads they keep no process alive.
/// </summary>
/// <remarks>
/// The parts that nobody has taken yet are [first, end), in one integer. The caller takes them from the front and the others
/// from the back, so that the same thread tends to get the same quads of one layer after the other, which its cache then has. A late thread
/// costs nothing: what it does not take the caller does.
/// </remarks>
internal sealed class ThreadTeam
{
    /// <summary>Parts a thread: the more, the better they balance; the fewer, the less often they are taken.</summary>
    private const int PartsPerThread = 2;

    /// <summary>Looks at unfinished parts, some ten nanoseconds each, before other threads are let run.</summary>
    private const int MostSpins = 1000;

    private const int EndBits = 16;
    private const int EndMask = (1 << EndBits) - 1;

    /// <summary>How long a thread without work waits awake: longer than the layers between that are too small to be divided.</summary>
    private static readonly long SpinTicks = Stopwatch.Frequency / 10_000;

    private Helper[] _team = [];

    // The work at hand. Whoever has taken a part may read it, as it stays until all parts are done.
    private IDividedWork? _work;
    private int _units;
    private int _parts;
    private int _helpers;
    private ExceptionDispatchInfo? _failure;

    // Written by several threads, while others look at their neighbours.
    private CacheLine _busy;
    private CacheLine _untaken;
    private CacheLine _unfinished;

    private ThreadTeam()
    {
    }

    /// <summary>The team of this assembly.</summary>
    public static ThreadTeam Shared { get; } = new();

    /// <summary>Makes sure that there are threads for works by <paramref name="threads"/>, the caller's own among them, as far as the machine has any.</summary>
    /// <returns>How many there are: at most as many as processors, and 1 where the platform has no threads.</returns>
    public int Grow(int threads)
    {
        lock (this)
        {
            try
            {
                while (_team.Length < Math.Min(threads, Environment.ProcessorCount) - 1) _team = [.. _team, Start(_team.Length)];
            }
            catch (PlatformNotSupportedException)
            {
                // A browser without threads.
            }
            return Math.Min(threads, _team.Length + 1);
        }
    }

    /// <summary>Does a work with the help of other threads, and returns when all of it is done.</summary>
    /// <param name="work">The work. What it throws is thrown here.</param>
    /// <param name="units">Its units.</param>
    /// <param name="mostParts">Parts that are worth being taken by a thread of their own, at least 1.</param>
    /// <param name="threads">Threads that may take part, this one among them.</param>
    /// <returns>False, and nothing was done, if the team is busy with another work.</returns>
    public bool TryRun(IDividedWork work, int units, int mostParts, int threads)
    {
        if (Volatile.Read(ref _busy.Value) != 0 || Interlocked.CompareExchange(ref _busy.Value, 1, 0) != 0) return false;
        _work = work;
        _units = units;
        _parts = Math.Min(mostParts, Math.Min(threads * PartsPerThread, EndMask));
        _helpers = threads - 1;
        _unfinished.Value = _parts;
        // A full fence: either a thread that falls asleep sees the parts, or it is seen asleep here.
        Interlocked.Exchange(ref _untaken.Value, _parts);
        foreach (Helper helper in _team.AsSpan(0, _helpers)) helper.Wake();
        while (TryTake(fromEnd: false, out int part)) Do(part);
        Wait();
        ExceptionDispatchInfo? failure = _failure;
        _failure = null;
        _work = null;
        Volatile.Write(ref _busy.Value, 0);
        failure?.Throw();
        return true;
    }

    /// <summary>Waits for the parts that others have taken: awake, as they last microseconds, unless a thread has lost its processor.</summary>
    private void Wait()
    {
        for (int spins = 0; Volatile.Read(ref _unfinished.Value) > 0; spins++)
        {
            if (spins < MostSpins) Thread.SpinWait(1);
            else Thread.Yield();
        }
    }

    private Helper Start(int index)
    {
        Helper helper = new();
        new Thread(() => Help(helper, index)) { IsBackground = true, Name = "ModelBuild" }.UnsafeStart();
        return helper;
    }

    private void Help(Helper helper, int index)
    {
        while (true)
        {
            long start = Stopwatch.GetTimestamp();
            while (!HasParts(index))
            {
                Thread.SpinWait(1);
                if (Stopwatch.GetTimestamp() - start < SpinTicks) continue;
                helper.Sleep(this, index);
                start = Stopwatch.GetTimestamp();
            }
            while (TryTake(fromEnd: true, out int part)) Do(part);
        }
    }

    private bool HasParts(int index)
    {
        int untaken = Volatile.Read(ref _untaken.Value);
        return untaken >> EndBits != (untaken & EndMask) && index < _helpers;
    }

    private bool TryTake(bool fromEnd, out int part)
    {
        while (true)
        {
            int untaken = Volatile.Read(ref _untaken.Value);
            int first = untaken >> EndBits, end = untaken & EndMask;
            part = fromEnd ? end - 1 : first;
            if (first == end) return false;
            int rest = fromEnd ? untaken - 1 : untaken + (1 << EndBits);
            if (Interlocked.CompareExchange(ref _untaken.Value, rest, untaken) == untaken) return true;
        }
    }

    private void Do(int part)
    {
        try
        {
            _work!.Run(FirstUnit(part), FirstUnit(part + 1));
        }
        catch (Exception error)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(error), null);
        }
        finally
        {
            Interlocked.Decrement(ref _unfinished.Value);
        }
    }

    private int FirstUnit(int part) => (int)((long)part * _units / _parts);

    /// <summary>An integer that shares its cache line with nothing, nor the line that a processor fetches along with it.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 3 * Line)]
    private struct CacheLine
    {
        private const int Line = 128;

        [FieldOffset(Line)]
        public int Value;
    }

    /// <summary>What a thread sleeps on.</summary>
    private sealed class Helper
    {
        private bool _sleeps;

        /// <summary>Sleeps until there are parts for helper number <paramref name="index"/>.</summary>
        public void Sleep(ThreadTeam team, int index)
        {
            lock (this)
            {
                Volatile.Write(ref _sleeps, true);
                Interlocked.MemoryBarrier();
                while (!team.HasParts(index)) Monitor.Wait(this);
                Volatile.Write(ref _sleeps, false);
            }
        }

        public void Wake()
        {
            if (!Volatile.Read(ref _sleeps)) return;
            lock (this) Monitor.Pulse(this);
        }
    }
}
