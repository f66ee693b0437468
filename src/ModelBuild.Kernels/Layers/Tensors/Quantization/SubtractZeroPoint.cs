using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Integers less the one that stands for 0, as floats: what products of quantised numbers are made of.</summary>
internal static class SubtractZeroPoint
{
    /// <summary>Subtracts from each element.</summary>
    /// <param name="source">Integers, by <see cref="QuantizedNumbers"/>.</param>
    /// <param name="minimum">Least number of their range.</param>
    /// <param name="maximum">Greatest number.</param>
    /// <param name="destination">Differences, exact for integers of 8 and 16 bits.</param>
    public static void Run<T>(ReadOnlySpan<T> source, float minimum, float maximum, Span<float> destination) where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        long zeroPoint = QuantizedNumbers.FromRealUnlimited<T>(0, minimum, maximum);
        destination = destination.Slice(0, source.Length);
        for (int i = 0; i < source.Length; i++) destination[i] = long.CreateChecked(source[i]) - zeroPoint;
    }
}

/// <inheritdoc cref="SubtractZeroPoint"/>
/// <param name="input">Integers.</param>
/// <param name="minimum">Least number of their range.</param>
/// <param name="maximum">Greatest number.</param>
/// <param name="output">Differences.</param>
internal sealed class SubtractZeroPoint<T>(FlatBuffer<T> input, FlatBuffer<float> minimum, FlatBuffer<float> maximum, FlatBuffer<float> output) : Layer
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    private readonly FlatBuffer<float> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) => SubtractZeroPoint.Run<T>(
        workspace.Elements(input), workspace.Elements(minimum)[0], workspace.Elements(maximum)[0], workspace.Elements(_output));
}
