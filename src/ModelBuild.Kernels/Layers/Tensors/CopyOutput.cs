using System;

namespace ModelBuild.Kernels;

/// <summary>Exit of elements of any type.</summary>
/// <param name="input">The output in the working memory, or a constant.</param>
internal sealed class CopyOutput<T>(FlatBuffer<T> input) : IExit<T>
    where T : unmanaged
{
    public void Run(Workspace workspace, Span<T> destination) => workspace.Elements(input).CopyTo(destination);
}
