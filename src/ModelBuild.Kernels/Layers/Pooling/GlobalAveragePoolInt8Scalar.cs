using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// The specification of <see cref="GlobalAveragePoolInt8"/>: <c>requantise(float(sum - count * inputZeroPoint) * multiplier)</c>
/// with the sum of all pixels and their count.
/// </summary>
internal static class GlobalAveragePoolInt8Scalar
{
    /// <param name="input">The bytes of <paramref name="from"/>.</param>
    /// <param name="output">Four bytes a quad.</param>
    /// <param name="from">Layout of the input.</param>
    /// <param name="firstQuad">First quad to compute.</param>
    /// <param name="endQuad">The quad after the last.</param>
    /// <param name="multiplier">Scale ratio divided by the number of pixels.</param>
    /// <param name="inputZeroPoint">Zero point of the input.</param>
    /// <param name="requantization">The last step.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        ReadOnlySpan<byte> input, Span<byte> output, ImageBuffer from, int firstQuad, int endQuad, float multiplier, int inputZeroPoint,
        Requantization requantization)
    {
        int zero = from.Height * from.Width * inputZeroPoint;
        for (int channel = firstQuad * 4; channel < endQuad * 4; channel++)
        {
            int sum = 0;
            for (int y = 0; y < from.Height; y++)
            {
                int pixel = channel / 4 * from.Size + from.Origin + y * from.Pitch;
                for (int x = 0; x < from.Width; x++) sum += input[(pixel + x) * 4 + channel % 4];
            }
            output[channel] = requantization.ToByte((sum - zero) * multiplier);
        }
    }
}
