using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Integers of one range to integers of another.</summary>
internal static class RequantizeTensor
{
    /// <summary>Bits of the fraction when 32 bits go to 8.</summary>
    private const int FractionBits = 16;

    /// <summary>Converts each element, from 32 to 8 unsigned bits in fixed point as TensorFlow does, all others by way of floats.</summary>
    /// <param name="source">Integers.</param>
    /// <param name="range">Least and greatest number of their range.</param>
    /// <param name="newRange">Of the new range.</param>
    /// <param name="destination">New integers, as many.</param>
    public static void Run<TFrom, TTo>(
        ReadOnlySpan<TFrom> source, (float Minimum, float Maximum) range, (float Minimum, float Maximum) newRange, Span<TTo> destination)
        where TFrom : IBinaryInteger<TFrom>, IMinMaxValue<TFrom>
        where TTo : IBinaryInteger<TTo>, IMinMaxValue<TTo>
    {
        destination = destination.Slice(0, source.Length);
        if (typeof(TFrom) == typeof(int) && typeof(TTo) == typeof(byte))
        {
            FixedPoint(source, range, newRange, destination);
            return;
        }
        for (int i = 0; i < source.Length; i++)
        {
            float real = QuantizedNumbers.ToReal(source[i], range.Minimum, range.Maximum);
            destination[i] = QuantizedNumbers.FromReal<TTo>(real, newRange.Minimum, newRange.Maximum);
        }
    }

    private static void FixedPoint<TFrom, TTo>(
        ReadOnlySpan<TFrom> source, (float Minimum, float Maximum) range, (float Minimum, float Maximum) newRange, Span<TTo> destination)
        where TFrom : IBinaryInteger<TFrom>
        where TTo : IBinaryInteger<TTo>
    {
        const double one = 1 << FractionBits;
        float width = range.Maximum - range.Minimum;
        float newWidth = newRange.Maximum - newRange.Minimum;
        float steps = newWidth == 0 ? 0 : (float)(255.0 / newWidth);
        float middle = (float)((range.Minimum + range.Maximum) / 2.0);
        long scale = newWidth == 0 ? 0 : (long)(255.0 * one * width / newWidth);
        long offset = (long)(middle * steps * (float)one);
        long newOffset = newWidth == 0 ? 0 : (long)(one * (newRange.Minimum * 255.0) / newWidth);
        long half = 1L << (FractionBits - 1);
        for (int i = 0; i < source.Length; i++)
        {
            // The scale is for the 2^32 steps of the old range.
            long value = (unchecked(long.CreateChecked(source[i]) * scale) >> 32) + offset - newOffset + half;
            destination[i] = TTo.CreateSaturating(value >> FractionBits);
        }
    }
}

/// <inheritdoc cref="RequantizeTensor"/>
/// <param name="input">Integers.</param>
/// <param name="minimum">Least number of their range.</param>
/// <param name="maximum">Greatest number.</param>
/// <param name="newMinimum">Least number of the new range.</param>
/// <param name="newMaximum">Greatest number.</param>
/// <param name="output">New integers.</param>
internal sealed class RequantizeTensor<TFrom, TTo>(
    FlatBuffer<TFrom> input, FlatBuffer<float> minimum, FlatBuffer<float> maximum, FlatBuffer<float> newMinimum, FlatBuffer<float> newMaximum,
    FlatBuffer<TTo> output) : Layer
    where TFrom : unmanaged, IBinaryInteger<TFrom>, IMinMaxValue<TFrom>
    where TTo : unmanaged, IBinaryInteger<TTo>, IMinMaxValue<TTo>
{
    private readonly FlatBuffer<TTo> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) => RequantizeTensor.Run<TFrom, TTo>(
        workspace.Elements(input), (workspace.Elements(minimum)[0], workspace.Elements(maximum)[0]),
        (workspace.Elements(newMinimum)[0], workspace.Elements(newMaximum)[0]), workspace.Elements(_output));
}
