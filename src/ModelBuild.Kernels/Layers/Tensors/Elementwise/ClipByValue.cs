using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Limits numbers from below and above.</summary>
internal static class ClipByValue
{
    /// <summary>Limits each element.</summary>
    /// <param name="source">Input.</param>
    /// <param name="minimum">Lower limit: one, or one an element.</param>
    /// <param name="maximum">Upper limit: one, or one an element.</param>
    /// <param name="destination">Output.</param>
    public static void Run<T>(ReadOnlySpan<T> source, ReadOnlySpan<T> minimum, ReadOnlySpan<T> maximum, Span<T> destination) where T : INumber<T>
    {
        Binary.Run<T, T, MaximumFunction<T>>(source, [source.Length], minimum, [minimum.Length], destination);
        Binary.Run<T, T, MinimumFunction<T>>(destination, [source.Length], maximum, [maximum.Length], destination);
    }
}

/// <inheritdoc cref="ClipByValue"/>
/// <param name="input">Input.</param>
/// <param name="minimum">Lower limit: one, or one an element.</param>
/// <param name="maximum">Upper limit: one, or one an element.</param>
/// <param name="output">Output.</param>
internal sealed class ClipByValue<T>(FlatBuffer<T> input, FlatBuffer<T> minimum, FlatBuffer<T> maximum, FlatBuffer<T> output) : Layer
    where T : unmanaged, INumber<T>
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) => ClipByValue.Run<T>(
        workspace.Elements(input), workspace.Elements(minimum), workspace.Elements(maximum), workspace.Elements(_output));
}
