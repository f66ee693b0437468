using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Floats to integers by <see cref="QuantizedNumbers"/>, of a range as it is.</summary>
internal static class QuantizeInRange
{
    /// <summary>Quantises each element.</summary>
    public static void Run<T>(ReadOnlySpan<float> source, float minimum, float maximum, Span<T> destination) where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        destination = destination.Slice(0, source.Length);
        for (int i = 0; i < source.Length; i++) destination[i] = QuantizedNumbers.FromReal<T>(source[i], minimum, maximum);
    }
}

/// <inheritdoc cref="QuantizeInRange"/>
/// <param name="input">Input.</param>
/// <param name="minimum">Least number.</param>
/// <param name="maximum">Greatest number.</param>
/// <param name="output">Integers.</param>
internal sealed class QuantizeInRange<T>(FlatBuffer<float> input, FlatBuffer<float> minimum, FlatBuffer<float> maximum, FlatBuffer<T> output) : Layer
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) => QuantizeInRange.Run<T>(
        workspace.Elements(input), workspace.Elements(minimum)[0], workspace.Elements(maximum)[0], workspace.Elements(_output));
}
