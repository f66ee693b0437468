using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// Greatest or mean of a moving window over one to three spatial axes, of numbers of any type; places outside do not count. The plain way,
/// for what <see cref="MaxPoolFloat"/> and <see cref="AveragePoolFloat"/> do not do.
/// </summary>
internal static class SpatialPool
{
    /// <summary>Combines the places of each window that lie inside.</summary>
    /// <param name="source">Input, [batch][pixels][channels].</param>
    /// <param name="axes">Geometry.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="average">True for the mean, false for the greatest.</param>
    /// <param name="destination">Output, [batch][pixels][channels].</param>
    public static void Run<T>(ReadOnlySpan<T> source, SpatialAxes axes, int channels, bool average, Span<T> destination)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        destination.Fill(average ? T.Zero : T.MinValue);
        for (int pixel = 0; pixel < destination.Length / Math.Max(channels, 1); pixel++)
        {
            (int image, int place) = Math.DivRem(pixel, axes.Outputs);
            Span<T> result = destination.Slice(pixel * channels, channels);
            int inside = 0;
            for (SpatialTaps taps = axes.TapsOf(place); taps.Next(); inside++)
            {
                ReadOnlySpan<T> x = source.Slice((image * axes.Inputs + taps.Source) * channels, channels);
                if (average) for (int c = 0; c < x.Length; c++) result[c] += x[c];
                else for (int c = 0; c < x.Length; c++) result[c] = T.Max(result[c], x[c]);
            }
            T count = T.CreateTruncating(inside);
            if (average) for (int c = 0; c < result.Length; c++) result[c] /= count;
        }
    }
}

/// <inheritdoc cref="SpatialPool"/>
/// <typeparam name="T">Element type.</typeparam>
/// <param name="input">[batch, spatial axes, channels].</param>
/// <param name="output">[batch, spatial axes, channels].</param>
/// <param name="window">Taps of the window, a number an axis.</param>
/// <param name="strides">From one window to the next, a number an axis.</param>
/// <param name="pads">Places of the first window that lie outside, a number an axis.</param>
/// <param name="average">True for the mean, false for the greatest.</param>
internal sealed class SpatialPool<T>(FlatBuffer<T> input, FlatBuffer<T> output, int[] window, int[] strides, int[] pads, bool average) : Layer
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    private readonly SpatialAxes _axes = SpatialAxes.Of(input.Shape, output.Shape, window, strides, Ones(window.Length), pads, false);

    public override void Run(Workspace workspace) =>
        SpatialPool.Run<T>(workspace.Elements(input), _axes, input.Shape[^1], average, workspace.Elements(output));

    private static int[] Ones(int count)
    {
        int[] ones = new int[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
