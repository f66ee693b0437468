using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>TensorFlow's QuantizeV2: floats to integers of a range, all or slice by slice.</summary>
internal static class QuantizeTensor
{
    /// <summary>Quantises.</summary>
    /// <param name="settings">How.</param>
    /// <param name="source">Input.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="minimum">Least number, one or one a slice.</param>
    /// <param name="maximum">Greatest number.</param>
    /// <param name="destination">Integers, as many.</param>
    /// <param name="usedMinimum">The least numbers that were used, as many as given.</param>
    /// <param name="usedMaximum">The greatest.</param>
    /// <exception cref="ArgumentException">A range is empty, or their number does not fit.</exception>
    public static void Run<T>(
        QuantizeSettings settings, ReadOnlySpan<float> source, ReadOnlySpan<int> shape, ReadOnlySpan<float> minimum, ReadOnlySpan<float> maximum,
        Span<T> destination, Span<float> usedMinimum, Span<float> usedMaximum)
        where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        Shapes.Require(minimum.Length == maximum.Length, "ranges have not as many ends as beginnings");
        (int step, int run) = RangeSlices.Layout(shape, settings.Axis, minimum.Length);
        for (int slice = 0; slice < minimum.Length; slice++)
        {
            Shapes.Require(!(maximum[slice] < minimum[slice]), "a range ends before it begins");
            (float low, float high) = settings.Widen(minimum[slice], maximum[slice]);
            float scale = Scale<T>(settings, ref low, ref high);
            for (int start = slice * run; start + run <= source.Length && run > 0; start += step)
            {
                for (int i = start; i < start + run; i++) destination[i] = Element<T>(settings, source[i], low, high, scale);
            }
            usedMinimum[slice] = low;
            usedMaximum[slice] = high;
        }
    }

    /// <summary>Steps in a unit; the scaled mode also moves the range's ends to where the outermost integers are.</summary>
    private static float Scale<T>(QuantizeSettings settings, ref float low, ref float high) where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        double least = double.CreateChecked(T.MinValue);
        double greatest = double.CreateChecked(T.MaxValue);
        if (settings.Mode == QuantizationMode.MinFirst && low == high) return 0;
        if (settings.Mode != QuantizationMode.Scaled) return (float)((greatest - least) / (high - low));
        if (settings.NarrowRange) least++;
        float below = least * low > 0 ? (float)least / low : float.MaxValue;
        float above = greatest * high > 0 ? (float)greatest / high : float.MaxValue;
        float scale = Math.Min(below, above);
        low = (float)least / scale;
        high = (float)greatest / scale;
        return scale;
    }

    private static T Element<T>(QuantizeSettings settings, float x, float low, float high, float scale) where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        bool isSigned = T.IsNegative(T.MinValue);
        switch (settings.Mode)
        {
            case QuantizationMode.MinCombined:
                float above = (Math.Max(Math.Min(x, high), low) - low) * scale;
                float half = (float)Math.ScaleB(1, T.Zero.GetByteCount() * 8 - 1);
                return T.CreateSaturating(isSigned ? (float)QuantizedNumbers.RoundAway(above - half) : above + 0.5f);
            case QuantizationMode.MinFirst:
                float first = (float)QuantizedNumbers.RoundAway(low * scale) - float.CreateChecked(T.MinValue);
                return T.CreateSaturating((float)QuantizedNumbers.RoundAway(x * scale) - first);
            default:
                float scaled = Math.Max(Math.Min(x, high), low) * scale;
                return T.CreateSaturating(settings.HalfToEven ? MathF.Round(scaled) : (float)QuantizedNumbers.RoundAway(scaled));
        }
    }
}

/// <inheritdoc cref="QuantizeTensor"/>
/// <param name="input">Input.</param>
/// <param name="minimum">Least number, one or one a slice.</param>
/// <param name="maximum">Greatest number.</param>
/// <param name="output">Integers.</param>
/// <param name="usedMinimum">The least numbers that were used.</param>
/// <param name="usedMaximum">The greatest.</param>
/// <param name="mode">A name of <see cref="QuantizationMode"/>.</param>
/// <param name="axis">Axis of the slices, or -1.</param>
/// <param name="halfToEven">Halves go to the even neighbour, not away from 0; of the scaled mode only.</param>
/// <param name="narrowRange">The lowest integer is not used; of the scaled mode only.</param>
/// <param name="leastRange">Least width of the range, relative to its ends; negative takes the range as it is.</param>
internal sealed class QuantizeTensor<T>(
    FlatBuffer<float> input, FlatBuffer<float> minimum, FlatBuffer<float> maximum, FlatBuffer<T> output, FlatBuffer<float> usedMinimum,
    FlatBuffer<float> usedMaximum, string mode, int axis, bool halfToEven, bool narrowRange, float leastRange) : Layer
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    private readonly QuantizeSettings _settings = new(Enum.Parse<QuantizationMode>(mode), axis, halfToEven, narrowRange, leastRange);
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) => QuantizeTensor.Run<T>(
        _settings, workspace.Elements(input), input.Shape, workspace.Elements(minimum), workspace.Elements(maximum), workspace.Elements(_output),
        workspace.Elements(usedMinimum), workspace.Elements(usedMaximum));
}
