using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// The specification of <see cref="AveragePoolInt8"/>: <c>requantise(float(sum - count * inputZeroPoint) * multipliers[count])</c>
/// with the sum of the window's pixels inside the image and their count.
/// </summary>
internal static class AveragePoolInt8Scalar
{
    /// <param name="input">The bytes of <paramref name="from"/>.</param>
    /// <param name="output">The bytes of <paramref name="to"/>.</param>
    /// <param name="from">Layout of the input.</param>
    /// <param name="to">Layout of the output.</param>
    /// <param name="firstQuad">First quad to compute.</param>
    /// <param name="endQuad">The quad after the last.</param>
    /// <param name="window">The window.</param>
    /// <param name="multipliers">Scale ratio divided by the number of pixels, by that number.</param>
    /// <param name="inputZeroPoint">Zero point of the input.</param>
    /// <param name="requantization">The last step.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        ReadOnlySpan<byte> input, Span<byte> output, ImageBuffer from, ImageBuffer to, int firstQuad, int endQuad, PoolWindow window,
        ReadOnlySpan<float> multipliers, int inputZeroPoint, Requantization requantization)
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
                    int count = (bottom - top) * (right - left);
                    for (int lane = 0; lane < 4; lane++)
                    {
                        int sum = Sum(input, from, quad, lane, (top, bottom), (left, right));
                        output[pixel * 4 + lane] = requantization.ToByte((sum - count * inputZeroPoint) * multipliers[count]);
                    }
                }
            }
        }
    }

    private static int Sum(
        ReadOnlySpan<byte> input, ImageBuffer from, int quad, int lane, (int First, int End) rows, (int First, int End) columns)
    {
        int sum = 0;
        for (int y = rows.First; y < rows.End; y++)
        {
            int pixel = quad * from.Size + from.Origin + y * from.Pitch;
            for (int x = columns.First; x < columns.End; x++) sum += input[(pixel + x) * 4 + lane];
        }
        return sum;
    }
}
