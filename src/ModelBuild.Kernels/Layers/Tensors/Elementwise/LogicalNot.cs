using System;

namespace ModelBuild.Kernels;

/// <summary>Negates truth values.</summary>
/// <param name="input">Input.</param>
/// <param name="output">Output.</param>
internal sealed class LogicalNot(FlatBuffer<bool> input, FlatBuffer<bool> output) : Layer
{
    private readonly FlatBuffer<bool> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) => Run(workspace.Elements(input), workspace.Elements(_output));

    /// <summary>Negates each element.</summary>
    public static void Run(ReadOnlySpan<bool> source, Span<bool> destination)
    {
        for (int i = 0; i < source.Length; i++) destination[i] = !source[i];
    }
}
