using System;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// <see cref="MaxPoolInt8Scalar"/> with portable vectors along pixels: the greatest of the rows of a window, then of neighbouring
/// columns, then every pixel that a window begins at. Zeros outside the image do not change a maximum of bytes.
/// </summary>
internal static class MaxPoolInt8Vector
{
    /// <summary>True for windows that fit a tile.</summary>
    public static bool Supports(PoolWindow window) => window.Width <= PoolTile.MaximumPixels;

    /// <inheritdoc cref="MaxPoolInt8Scalar.Run"/>
    public static void Run(ReadOnlySpan<byte> input, Span<byte> output, ImageBuffer from, ImageBuffer to, int firstQuad, int endQuad, PoolWindow window)
    {
        Span<byte> buffer = stackalloc byte[PoolTile.MaximumPixels * 4];
        for (int row = firstQuad * to.Height; row < endQuad * to.Height; row++)
        {
            int quad = Math.DivRem(row, to.Height, out int y);
            Span<byte> outputRow = output.Slice((quad * to.Size + to.Origin + y * to.Pitch) * 4, to.Width * 4);
            for (int x = 0; x < to.Width;)
            {
                PoolTile tile = PoolTile.At(x, to.Width, window);
                Span<byte> pixels = buffer.Slice(0, tile.Pixels * 4);
                MaximumOfRows(input.Slice((quad * from.Size + from.Origin) * 4), pixels, from, window.Rows(y, from.Height), tile);
                for (int k = 1; k < window.Width; k++)
                {
                    // After k rounds each pixel is the greatest of itself and the k after it.
                    PoolTile.Maximum(pixels.Slice(0, pixels.Length - 4 * k), pixels.Slice(4));
                }
                Pick(pixels, outputRow.Slice(x * 4, tile.Outputs * 4), window.StrideWidth);
                x += tile.Outputs;
            }
        }
    }

    private static void MaximumOfRows(
        ReadOnlySpan<byte> plane, Span<byte> pixels, ImageBuffer from, (int First, int End) rows, PoolTile tile)
    {
        (int start, int end) = tile.Inside(from.Width);
        pixels.Slice(0, start * 4).Clear();
        pixels.Slice(end * 4).Clear();
        Span<byte> inside = pixels.Slice(start * 4, (end - start) * 4);
        for (int row = rows.First; row < rows.End; row++)
        {
            ReadOnlySpan<byte> source = plane.Slice((row * from.Pitch + tile.First + start) * 4, inside.Length);
            if (row == rows.First) source.CopyTo(inside);
            else PoolTile.Maximum(inside, source);
        }
    }

    private static void Pick(ReadOnlySpan<byte> pixels, Span<byte> output, int stride)
    {
        ReadOnlySpan<uint> source = MemoryMarshal.Cast<byte, uint>(pixels);
        Span<uint> target = MemoryMarshal.Cast<byte, uint>(output);
        for (int x = 0, place = 0; x < target.Length; x++, place += stride) target[x] = source[place];
    }
}
