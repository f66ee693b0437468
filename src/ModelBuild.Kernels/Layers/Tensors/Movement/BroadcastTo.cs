using System;

namespace ModelBuild.Kernels;

/// <summary>Repeats an array along axes of one element so that it takes a given shape.</summary>
internal static class BroadcastTo
{
    /// <summary>Repeats.</summary>
    /// <param name="source">Input, row-major.</param>
    /// <param name="shape">Its shape, aligned with the last axes of the output's.</param>
    /// <param name="outputShape">Shape of the output.</param>
    /// <param name="destination">Output.</param>
    public static void Run<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<int> outputShape, Span<T> destination)
    {
        Span<int> walk = stackalloc int[outputShape.Length];
        Shapes.BroadcastStrides(shape, outputShape, walk);
        StridedCopy.Run(outputShape, source, 0, walk, destination);
    }
}

/// <inheritdoc cref="BroadcastTo"/>
/// <param name="input">Input.</param>
/// <param name="output">Output.</param>
internal sealed class BroadcastTo<T>(FlatBuffer<T> input, FlatBuffer<T> output) : Layer
    where T : unmanaged
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, Shapes.Broadcast(input.Shape, output.Shape));

    public override void Run(Workspace workspace) =>
        BroadcastTo.Run<T>(workspace.Elements(input), input.Shape, _output.Shape, workspace.Elements(_output));
}
