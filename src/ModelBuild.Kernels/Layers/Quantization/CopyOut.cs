using System;

namespace ModelBuild.Kernels;

/// <summary>Exit of floats.</summary>
internal sealed class CopyOut : IExit<float>
{
    private readonly FlatBuffer<float> _input;

    /// <param name="input">The output in the working memory.</param>
    public CopyOut(FlatBuffer<float> input) => _input = input;

    public void Run(Workspace workspace, Span<float> destination) => workspace.Elements(_input).CopyTo(destination);
}
