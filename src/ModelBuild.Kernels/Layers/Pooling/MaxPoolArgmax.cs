using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Greatest value in a moving window, NHWC, and where it is: the first of equals; places outside do not count.</summary>
internal static class MaxPoolArgmax
{
    /// <summary>Finds.</summary>
    /// <param name="source">Input, [batch][pixels][channels].</param>
    /// <param name="axes">Geometry.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="includeBatch">Positions count from the first image, not from the own one.</param>
    /// <param name="values">[batch][pixels][channels].</param>
    /// <param name="positions">[batch][pixels][channels]: row-major number of the element in [batch][pixels][channels].</param>
    public static void Run<T, TIndex>(
        ReadOnlySpan<T> source, SpatialAxes axes, int channels, bool includeBatch, Span<T> values, Span<TIndex> positions)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        int imageLength = axes.Inputs * channels;
        for (int pixel = 0; pixel < values.Length / Math.Max(channels, 1); pixel++)
        {
            (int image, int place) = Math.DivRem(pixel, axes.Outputs);
            ReadOnlySpan<T> x = source.Slice(image * imageLength, imageLength);
            for (int channel = 0; channel < channels; channel++)
            {
                int best = -1;
                for (SpatialTaps taps = axes.TapsOf(place); taps.Next();)
                {
                    int position = taps.Source * channels + channel;
                    if (best < 0 || x[position] > x[best]) best = position;
                }
                values[pixel * channels + channel] = best < 0 ? T.MinValue : x[best];
                int start = includeBatch && best >= 0 ? image * imageLength : 0;
                positions[pixel * channels + channel] = TIndex.CreateTruncating(start + best);
            }
        }
    }
}

/// <inheritdoc cref="MaxPoolArgmax"/>
/// <typeparam name="T">Element type.</typeparam>
/// <typeparam name="TIndex">Type of the positions.</typeparam>
/// <param name="input">[batch, height, width, channels].</param>
/// <param name="values">[batch, height, width, channels].</param>
/// <param name="positions">[batch, height, width, channels].</param>
/// <param name="window">Rows and columns of the window.</param>
/// <param name="strides">Rows and columns from one window to the next.</param>
/// <param name="pads">Rows and columns of the first window that lie outside.</param>
/// <param name="includeBatch">Positions count from the first image, not from the own one.</param>
internal sealed class MaxPoolArgmax<T, TIndex>(
    FlatBuffer<T> input, FlatBuffer<T> values, FlatBuffer<TIndex> positions, int[] window, int[] strides, int[] pads, bool includeBatch) : Layer
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
    where TIndex : unmanaged, IBinaryInteger<TIndex>
{
    private readonly SpatialAxes _axes = SpatialAxes.Of(input.Shape, values.Shape, window, strides, [1, 1], pads, false);

    public override void Run(Workspace workspace) => MaxPoolArgmax.Run<T, TIndex>(
        workspace.Elements(input), _axes, input.Shape[^1], includeBatch, workspace.Elements(values), workspace.Elements(positions));
}
