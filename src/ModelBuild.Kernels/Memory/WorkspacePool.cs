using System;
using System.Threading;

namespace ModelBuild.Kernels;

/// <summary>
/// Workspaces between calls. Renting and returning take no lock and, once as many workspaces exist as calls run at a time,
/// allocate nothing.
/// </summary>
internal sealed class WorkspacePool
{
    private readonly int _length;
    private readonly Workspace?[] _others = new Workspace?[Math.Max(1, 2 * Environment.ProcessorCount - 1)];
    private Workspace? _first;

    /// <param name="length">Bytes of each workspace's arena.</param>
    public WorkspacePool(int length) => _length = length;

    /// <summary>A workspace that nobody else has. One that is never returned is merely lost to the pool.</summary>
    public Workspace Rent()
    {
        if (TryTake(ref _first) is { } first) return first;
        foreach (ref Workspace? place in _others.AsSpan())
            if (TryTake(ref place) is { } workspace) return workspace;
        return new Workspace(_length);
    }

    /// <summary>Gives a workspace back; where all places are taken it is left to the garbage collector.</summary>
    public void Return(Workspace workspace)
    {
        if (TryPut(ref _first, workspace)) return;
        foreach (ref Workspace? place in _others.AsSpan())
            if (TryPut(ref place, workspace)) return;
    }

    private static Workspace? TryTake(ref Workspace? place)
    {
        Workspace? seen = Volatile.Read(ref place);
        return seen is not null && Interlocked.CompareExchange(ref place, null, seen) == seen ? seen : null;
    }

    private static bool TryPut(ref Workspace? place, Workspace workspace) =>
        Volatile.Read(ref place) is null && Interlocked.CompareExchange(ref place, workspace, null) is null;
}
