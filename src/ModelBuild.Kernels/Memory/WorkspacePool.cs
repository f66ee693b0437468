using System;

namespace ModelBuild.Kernels;

/// <summary>The workspaces of a model's calls.</summary>
internal sealed class WorkspacePool
{
    private readonly Pool<Workspace> _workspaces;
    private readonly Pool<Batch> _batches;

    /// <param name="length">Bytes of each workspace's arena.</param>
    /// <param name="parallelism">Threads that are to work on a call together, the caller's among them.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not even one.</exception>
    public WorkspacePool(int length, int parallelism = 1)
    {
        if (parallelism < 1) throw new ArgumentOutOfRangeException(nameof(parallelism), parallelism, "At least one thread works on a call.");
        Parallelism = parallelism == 1 ? 1 : ThreadTeam.Shared.Grow(parallelism);
        _workspaces = new Pool<Workspace>(() => new Workspace(length, Parallelism));
        _batches = new Pool<Batch>(() => new Batch(length, Parallelism));
    }

    /// <summary>Threads that work on a call: as many as were asked for, as far as the machine has them.</summary>
    public int Parallelism { get; }

    /// <summary>Working memory for one sample.</summary>
    public Workspace Rent() => _workspaces.Rent();

    /// <summary>Working memory for several samples.</summary>
    public Batch RentBatch() => _batches.Rent();

    /// <summary>Gives back what was rented.</summary>
    public void Return(Workspace workspace) => _workspaces.Return(workspace);

    /// <inheritdoc cref="Return(Workspace)"/>
    public void Return(Batch batch) => _batches.Return(batch);
}
