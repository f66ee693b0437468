using System;

namespace ModelBuild.Kernels;

/// <summary>Entry of elements of any type, as they are; pictures come in by CopyIn, which preprocesses them.</summary>
/// <param name="output">The input in the working memory.</param>
internal sealed class CopyInput<T>(FlatBuffer<T> output) : IEntry<T>
    where T : unmanaged
{
    public void Run(ReadOnlySpan<T> source, Workspace workspace) => source.CopyTo(workspace.Elements(output));
}
