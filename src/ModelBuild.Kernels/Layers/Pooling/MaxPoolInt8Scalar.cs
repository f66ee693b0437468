using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>The specification of <see cref="MaxPoolInt8"/>: the greatest byte of the window's pixels inside the image.</summary>
internal static class MaxPoolInt8Scalar
{
    /// <param name="input">The bytes of <paramref name="from"/>.</param>
    /// <param name="output">The bytes of <paramref name="to"/>.</param>
    /// <param name="from">Layout of the input.</param>
    /// <param name="to">Layout of the output.</param>
    /// <param name="firstQuad">First quad to compute.</param>
    /// <param name="endQuad">The quad after the last.</param>
    /// <param name="window">The window.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<byte> input, Span<byte> output, ImageBuffer from, ImageBuffer to, int firstQuad, int endQuad, PoolWindow window)
    {
        for (int quad = firstQuad; quad < endQuad; quad++)
        {
            for (int y = 0; y < to.Height; y++)
            {
                (int top, int bottom) = window.Rows(y, from.Height);
                int pixel = quad * to.Size + to.Origin + y * to.Pitch;
                for (int x = 0; x < to.Width; x++, pixel++)
                {
                    (int left, int right) = window.Columns(x, from.Width);
                    for (int lane = 0; lane < 4; lane++)
                    {
                        output[pixel * 4 + lane] = Maximum(input, from, quad, lane, (top, bottom), (left, right));
                    }
                }
            }
        }
    }

    private static byte Maximum(
        ReadOnlySpan<byte> input, ImageBuffer from, int quad, int lane, (int First, int End) rows, (int First, int End) columns)
    {
        byte maximum = 0;
        for (int y = rows.First; y < rows.End; y++)
        {
            int pixel = quad * from.Size + from.Origin + y * from.Pitch;
            for (int x = columns.First; x < columns.End; x++) maximum = Math.Max(maximum, input[(pixel + x) * 4 + lane]);
        }
        return maximum;
    }
}
