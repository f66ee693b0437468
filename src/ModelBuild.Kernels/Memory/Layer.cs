using System;

namespace ModelBuild.Kernels;

/// <summary>
/// A step of a model, prepared once (weights packed for this CPU in the constructor) and run any number of times, from any
/// thread. A concrete layer is a sealed class whose constructor takes only ints, floats, bools, strings, arrays, buffers: the
/// plan names them, the generator writes them out and the build-time executor binds them by name.
/// </summary>
internal abstract class Layer
{
    /// <summary>Reads and writes the layer's buffers in <paramref name="workspace"/>.</summary>
    public abstract void Run(Workspace workspace);

    /// <summary>Runs the layer for several samples, each with a workspace of its own.</summary>
    public virtual void Run(ReadOnlySpan<Workspace> samples)
    {
        foreach (Workspace sample in samples) Run(sample);
    }
}

/// <summary>A step that brings an input of the call into the working memory.</summary>
/// <typeparam name="T">Element type of the input.</typeparam>
internal interface IEntry<T>
{
    /// <summary>Reads <paramref name="source"/>, whose length was checked, in row-major order.</summary>
    void Run(ReadOnlySpan<T> source, Workspace workspace);
}

/// <summary>A step that brings an output of the call out of the working memory.</summary>
/// <typeparam name="T">Element type of the output.</typeparam>
internal interface IExit<T>
{
    /// <summary>Fills <paramref name="destination"/>, whose length was checked, in row-major order.</summary>
    void Run(Workspace workspace, Span<T> destination);
}
