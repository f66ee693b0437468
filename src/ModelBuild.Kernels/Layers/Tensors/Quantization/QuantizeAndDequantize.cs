using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>TensorFlow's QuantizeAndDequantize: rounds numbers to the steps that a symmetric quantisation would have.</summary>
internal static class QuantizeAndDequantize
{
    /// <summary>Rounds each element.</summary>
    /// <param name="settings">How.</param>
    /// <param name="source">Input.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="minimum">Least number, one or one a slice.</param>
    /// <param name="maximum">Greatest number.</param>
    /// <param name="destination">Output, as many.</param>
    public static void Run<T>(
        QuantizeAndDequantizeSettings settings, ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<T> minimum, ReadOnlySpan<T> maximum,
        Span<T> destination)
        where T : IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        Shapes.Require(minimum.Length == maximum.Length, "ranges have not as many ends as beginnings");
        (int step, int run) = RangeSlices.Layout(shape, settings.Axis, minimum.Length);
        for (int slice = 0; slice < minimum.Length; slice++)
        {
            (T low, T high) = (minimum[slice], maximum[slice]);
            (T scale, T inverse) = Scale(settings, ref low, ref high);
            for (int start = slice * run; start + run <= source.Length && run > 0; start += step)
            {
                for (int i = start; i < start + run; i++)
                {
                    T x = settings.Limits ? T.Max(T.Min(source[i], high), low) : source[i];
                    destination[i] = (settings.HalfToEven ? T.Round(x * scale) : T.Floor(x * scale + T.CreateTruncating(0.5))) * inverse;
                }
            }
        }
    }

    /// <summary>Steps in a unit and units in a step; the end of the range that did not decide moves to its outermost step.</summary>
    private static (T Scale, T Inverse) Scale<T>(QuantizeAndDequantizeSettings settings, ref T low, ref T high)
        where T : IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        (T least, T greatest) = (T.CreateChecked(settings.Least), T.CreateChecked(settings.Greatest));
        T below = least * low > T.Zero ? least / low : T.MaxValue;
        T above = greatest * high > T.Zero ? greatest / high : T.MaxValue;
        if (below < above)
        {
            T inverse = low / least;
            high = greatest * inverse;
            return (below, inverse);
        }
        else
        {
            T inverse = high / greatest;
            low = least * inverse;
            return (above, inverse);
        }
    }
}

/// <inheritdoc cref="QuantizeAndDequantize"/>
/// <param name="input">Input.</param>
/// <param name="minimum">Least number, one or one a slice.</param>
/// <param name="maximum">Greatest number.</param>
/// <param name="output">Output.</param>
/// <param name="bits">Bits of the integers.</param>
/// <param name="isSigned">There are negative ones.</param>
/// <param name="narrowRange">The lowest of these is not used.</param>
/// <param name="limits">Numbers outside the range go to its ends.</param>
/// <param name="halfToEven">Halves go to the even neighbour, not up.</param>
/// <param name="axis">Axis of the slices, or -1.</param>
internal sealed class QuantizeAndDequantize<T>(
    FlatBuffer<T> input, FlatBuffer<T> minimum, FlatBuffer<T> maximum, FlatBuffer<T> output, int bits, bool isSigned, bool narrowRange, bool limits,
    bool halfToEven, int axis) : Layer
    where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
{
    private readonly QuantizeAndDequantizeSettings _settings = new(bits, isSigned, narrowRange, limits, halfToEven, axis);
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) => QuantizeAndDequantize.Run<T>(
        _settings, workspace.Elements(input), input.Shape, workspace.Elements(minimum), workspace.Elements(maximum), workspace.Elements(_output));
}
