using System;

namespace ModelBuild.Kernels;

/// <summary>
/// The working memory of several samples that are computed together: by threads that each take some of them, and within a thread layer by
/// layer where that many arenas fit the cache, so that layers can use weights for all of them while these are there.
/// </summary>
internal sealed class Batch : IDividedWork
{
    /// <summary>What the arenas of a thread's samples may take: they are to stay in the first- or second-level cache beside weights.</summary>
    private const int CacheBytes = 64 * 1024;

    /// <summary>Samples beyond which weights that are used for all of them are no longer what takes the time.</summary>
    private const int MostTogether = 8;

    private readonly Workspace[] _workspaces;
    private readonly int _threads;
    private Layer[] _layers = [];
    private int _groups;

    /// <param name="length">Bytes of each sample's arena.</param>
    /// <param name="threads">Threads that may work on the samples, the caller's among them.</param>
    public Batch(int length, int threads)
    {
        _threads = threads;
        _workspaces = new Workspace[Math.Clamp(CacheBytes / Math.Max(length, 1), 1, MostTogether) * threads];
        for (int i = 0; i < _workspaces.Length; i++) _workspaces[i] = new Workspace(length, threads);
    }

    /// <summary>Samples at hand.</summary>
    public int Count { get; private set; }

    /// <summary>The workspace of a sample, 0 .. <see cref="Count"/> - 1.</summary>
    public Workspace this[int sample] => _workspaces[sample];

    /// <summary>Takes as many of the remaining samples as there is room for.</summary>
    /// <param name="remaining">Samples that are left to be computed.</param>
    public void Take(int remaining) => Count = Math.Min(remaining, _workspaces.Length);

    /// <summary>Runs layers, one after the other, for all samples at hand.</summary>
    public void Run(Layer[] layers)
    {
        _layers = layers;
        _groups = Math.Min(Count, _threads);
        if (_groups == 1 || !ThreadTeam.Shared.TryRun(this, _groups, _groups, _threads)) ((IDividedWork)this).Run(0, _groups);
    }

    void IDividedWork.Run(int first, int end)
    {
        for (int group = first; group < end; group++)
        {
            int start = group * Count / _groups;
            ReadOnlySpan<Workspace> samples = _workspaces.AsSpan(start, (group + 1) * Count / _groups - start);
            foreach (Layer layer in _layers) layer.Run(samples);
        }
    }
}
