using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>The loops of <see cref="MaxPoolFloat"/> and <see cref="AveragePoolFloat"/>: vectors run along channels.</summary>
internal static class PoolFloatKernel
{
    /// <summary>Combines the pixels of each window that lie inside the image.</summary>
    /// <param name="input">[height][width][channels].</param>
    /// <param name="output">[height][width][channels].</param>
    /// <param name="shape">Sizes.</param>
    /// <param name="window">The window.</param>
    /// <param name="average">True for the mean, false for the greatest.</param>
    public static void Run(ReadOnlySpan<float> input, Span<float> output, PoolShape shape, PoolWindow window, bool average)
    {
        int channels = shape.Channels;
        for (int y = 0; y < shape.OutputHeight; y++)
        {
            (int top, int bottom) = window.Rows(y, shape.InputHeight);
            for (int x = 0; x < shape.OutputWidth; x++)
            {
                (int left, int right) = window.Columns(x, shape.InputWidth);
                Span<float> result = output.Slice((y * shape.OutputWidth + x) * channels, channels);
                bool first = true;
                for (int row = top; row < bottom; row++)
                {
                    for (int column = left; column < right; column++, first = false)
                    {
                        ReadOnlySpan<float> pixel = input.Slice((row * shape.InputWidth + column) * channels, channels);
                        if (first) pixel.CopyTo(result);
                        else if (average) AddFloat.Run(result, pixel, result);
                        else Maximum(result, pixel);
                    }
                }
                if (average) Divide(result, (bottom - top) * (right - left));
            }
        }
    }

    /// <summary>The greater of each two; NaN if one of them is.</summary>
    private static void Maximum(Span<float> result, ReadOnlySpan<float> pixel)
    {
        Span<Vector<float>> results = MemoryMarshal.Cast<float, Vector<float>>(result);
        ReadOnlySpan<Vector<float>> pixels = MemoryMarshal.Cast<float, Vector<float>>(pixel);
        for (int i = 0; i < results.Length; i++) results[i] = Vector.Max(results[i], pixels[i]);
        for (int i = results.Length * Vector<float>.Count; i < result.Length; i++) result[i] = Math.Max(result[i], pixel[i]);
    }

    private static void Divide(Span<float> result, int count)
    {
        float inverse = 1f / count;
        Span<Vector<float>> results = MemoryMarshal.Cast<float, Vector<float>>(result);
        for (int i = 0; i < results.Length; i++) results[i] *= inverse;
        for (int i = results.Length * Vector<float>.Count; i < result.Length; i++) result[i] *= inverse;
    }
}
