using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Counts the bits of each integer that are set.</summary>
internal static class PopulationCount
{
    /// <summary>Counts.</summary>
    /// <param name="source">Input.</param>
    /// <param name="destination">Output, as long.</param>
    public static void Run<T>(ReadOnlySpan<T> source, Span<byte> destination) where T : IBinaryInteger<T>
    {
        destination = destination.Slice(0, source.Length);
        for (int i = 0; i < source.Length; i++) destination[i] = byte.CreateTruncating(T.PopCount(source[i]));
    }
}

/// <inheritdoc cref="PopulationCount"/>
/// <param name="input">Input.</param>
/// <param name="output">Output.</param>
internal sealed class PopulationCount<T>(FlatBuffer<T> input, FlatBuffer<byte> output) : Layer
    where T : unmanaged, IBinaryInteger<T>
{
    private readonly FlatBuffer<byte> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) => PopulationCount.Run<T>(workspace.Elements(input), workspace.Elements(_output));
}
