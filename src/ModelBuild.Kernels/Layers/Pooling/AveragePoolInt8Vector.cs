using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// <see cref="AveragePoolInt8Scalar"/> with portable vectors along pixels: sums of the rows of a window in 16 bits, then of
/// neighbouring columns, then the means of four channels at a time. Zeros outside the image do not change a sum.
/// </summary>
internal static class AveragePoolInt8Vector
{
    /// <summary>Pixels of a window whose sum fits 16 bits.</summary>
    private const int MaximumWindow = ushort.MaxValue / 255;

    /// <summary>True for windows whose sums fit 16 bits.</summary>
    public static bool Supports(PoolWindow window) =>
        Vector128.IsHardwareAccelerated && (long)window.Width * window.Height <= MaximumWindow;

    /// <inheritdoc cref="AveragePoolInt8Scalar.Run"/>
    public static void Run(
        ReadOnlySpan<byte> input, Span<byte> output, ImageBuffer from, ImageBuffer to, int firstQuad, int endQuad, PoolWindow window,
        ReadOnlySpan<float> multipliers, int inputZeroPoint, Requantization requantization)
    {
        Span<ushort> rowSums = stackalloc ushort[PoolTile.MaximumPixels * 4];
        Span<ushort> sums = stackalloc ushort[PoolTile.MaximumPixels * 4];
        for (int row = firstQuad * to.Height; row < endQuad * to.Height; row++)
        {
            int quad = Math.DivRem(row, to.Height, out int y);
            (int First, int End) rows = window.Rows(y, from.Height);
            Span<byte> outputRow = output.Slice((quad * to.Size + to.Origin + y * to.Pitch) * 4, to.Width * 4);
            for (int x = 0; x < to.Width;)
            {
                PoolTile tile = PoolTile.At(x, to.Width, window);
                Span<ushort> pixels = rowSums.Slice(0, tile.Pixels * 4);
                AddRows(input.Slice((quad * from.Size + from.Origin) * 4), pixels, from, rows, tile);
                int first = pixels.Length - (window.Width - 1) * 4;
                pixels.Slice(0, first).CopyTo(sums);
                for (int k = 1; k < window.Width; k++) PoolTile.Add(sums.Slice(0, first), pixels.Slice(k * 4, first));
                for (int i = 0; i < tile.Outputs; i++)
                {
                    (int left, int right) = window.Columns(x + i, from.Width);
                    int count = (rows.End - rows.First) * (right - left);
                    Mean(
                        sums.Slice(i * window.StrideWidth * 4, 4), outputRow.Slice((x + i) * 4, 4), count * inputZeroPoint,
                        multipliers[count], requantization);
                }
                x += tile.Outputs;
            }
        }
    }

    private static void AddRows(
        ReadOnlySpan<byte> plane, Span<ushort> pixels, ImageBuffer from, (int First, int End) rows, PoolTile tile)
    {
        (int start, int end) = tile.Inside(from.Width);
        pixels.Clear();
        Span<ushort> inside = pixels.Slice(start * 4, (end - start) * 4);
        for (int row = rows.First; row < rows.End; row++)
        {
            PoolTile.Add(inside, plane.Slice((row * from.Pitch + tile.First + start) * 4, inside.Length));
        }
    }

    /// <summary>The means of four channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mean(ReadOnlySpan<ushort> sums, Span<byte> output, int zero, float multiplier, Requantization requantization)
    {
        Vector128<ushort> four = Vector128.CreateScalar(MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(sums))).AsUInt16();
        Vector128<int> centered = Vector128.WidenLower(four).AsInt32() - Vector128.Create(zero);
        FloatLanes128.StoreBytes(
            Vector128.ConvertToSingle(centered) * multiplier, requantization, ref MemoryMarshal.GetReference(output), 0);
    }
}
