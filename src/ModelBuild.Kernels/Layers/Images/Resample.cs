using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>Makes each pixel of an NHWC image a weighted sum of pixels of another, with weights for rows and columns.</summary>
internal static class Resample
{
    /// <summary>Sums.</summary>
    /// <param name="source">[batch][height][width][channels].</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="width">Columns of the input.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="rows">Weights for the rows of the output.</param>
    /// <param name="columns">Weights for the columns of the output.</param>
    /// <param name="destination">[batch][rows][columns][channels].</param>
    public static void Run<T>(
        ReadOnlySpan<T> source, int height, int width, int channels, AxisWeights rows, AxisWeights columns, Span<float> destination)
        where T : unmanaged, INumberBase<T>
    {
        destination.Clear();
        int pixels = rows.Outputs * columns.Outputs;
        for (int pixel = 0; pixel < destination.Length / Math.Max(channels, 1); pixel++)
        {
            (int image, int place) = Math.DivRem(pixel, pixels);
            (int y, int x) = Math.DivRem(place, columns.Outputs);
            Span<float> result = destination.Slice(pixel * channels, channels);
            (int firstRow, int endRow) = rows.Terms(y);
            (int firstColumn, int endColumn) = columns.Terms(x);
            for (int row = firstRow; row < endRow; row++)
            {
                int line = (image * height + rows.Source(row)) * width;
                for (int column = firstColumn; column < endColumn; column++)
                {
                    int from = (line + columns.Source(column)) * channels;
                    AddScaled(source.Slice(from, channels), rows.Weight(row) * columns.Weight(column), result);
                }
            }
        }
    }

    private static void AddScaled<T>(ReadOnlySpan<T> pixel, float weight, Span<float> result) where T : unmanaged, INumberBase<T>
    {
        int i = 0;
        if (typeof(T) == typeof(float))
        {
            ReadOnlySpan<Vector<float>> pixels = MemoryMarshal.Cast<T, Vector<float>>(pixel);
            Span<Vector<float>> results = MemoryMarshal.Cast<float, Vector<float>>(result);
            for (int v = 0; v < results.Length; v++) results[v] += pixels[v] * weight;
            i = results.Length * Vector<float>.Count;
        }
        for (; i < result.Length; i++) result[i] += float.CreateTruncating(pixel[i]) * weight;
    }
}
