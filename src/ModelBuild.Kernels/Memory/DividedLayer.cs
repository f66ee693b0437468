using System;

namespace ModelBuild.Kernels;

/// <summary>
/// A layer that several threads may compute together. It consists of units, pixels or quads of an image or blocks of outputs, and the same code
/// computes a unit however they are dealt out, so that the bits do not depend on the number of threads.
/// </summary>
internal abstract class DividedLayer : Layer
{
    /// <summary>
    /// Work that is worth being handed to another thread: about a microsecond, where handing over and waiting take a third of one
    /// (measured on two cores, with threads that still spin).
    /// </summary>
    private const long PartWork = 200_000;

    private readonly int _mostParts;

    /// <param name="units">Number of units.</param>
    /// <param name="work">What all of them cost, in multiply-adds of a convolution: see <see cref="WorkOf"/> for what has none.</param>
    protected DividedLayer(int units, long work)
    {
        Units = units;
        _mostParts = (int)Math.Min(units, work / PartWork);
    }

    /// <summary>Number of units.</summary>
    public int Units { get; }

    /// <inheritdoc/>
    public sealed override void Run(Workspace workspace)
    {
        if (workspace.Threads == 1 || _mostParts < 2 || !workspace.TryDivide(this, _mostParts)) Run(workspace, 0, Units);
    }

    /// <summary>Computes the units <paramref name="first"/> .. <paramref name="end"/> - 1 and writes nothing that belongs to others.</summary>
    public abstract void Run(Workspace workspace, int first, int end);

    /// <summary>The cost of an image that is gone over byte by byte, in multiply-adds that take as long.</summary>
    protected static long WorkOf(ImageBuffer image)
    {
        const long ByteWork = 8;
        return image.Bytes * ByteWork;
    }
}
