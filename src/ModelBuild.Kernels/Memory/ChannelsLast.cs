using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>Moves bytes between rows of pixels in channels-last (NHWC) order and the channel-quad-planar layout of an image.</summary>
internal static class ChannelsLast
{
    /// <summary>Bytes that a block of pixels in channels-last order may take, for buffers on the stack.</summary>
    public const int BlockBytes = 4096;

    /// <summary>Writes a block of an image.</summary>
    /// <param name="source">[block.Pixels][block.Channels].</param>
    /// <param name="image">The bytes of <paramref name="geometry"/>.</param>
    /// <param name="geometry">Layout of the image.</param>
    /// <param name="block">Which pixels and channels.</param>
    public static void Store(ReadOnlySpan<byte> source, Span<byte> image, ImageBuffer geometry, PixelBlock block)
    {
        for (int channel = 0; channel < block.Channels; channel += 4)
        {
            Span<byte> row = Row(image, geometry, block, channel);
            int lanes = Math.Min(4, block.Channels - channel);
            if (lanes == 4)
            {
                Span<uint> quads = MemoryMarshal.Cast<byte, uint>(row);
                int from = channel;
                for (int x = 0; x < quads.Length; x++, from += block.Channels) quads[x] = MemoryMarshal.Read<uint>(source.Slice(from));
                continue;
            }
            for (int x = block.Channels == 3 ? StoreThree(source, row) : 0; x < block.Pixels; x++)
            {
                for (int lane = 0; lane < lanes; lane++) row[x * 4 + lane] = source[x * block.Channels + channel + lane];
            }
        }
    }

    /// <summary>Reads a block of an image.</summary>
    /// <param name="image">The bytes of <paramref name="geometry"/>.</param>
    /// <param name="destination">[block.Pixels][block.Channels].</param>
    /// <param name="geometry">Layout of the image.</param>
    /// <param name="block">Which pixels and channels.</param>
    public static void Load(Span<byte> image, Span<byte> destination, ImageBuffer geometry, PixelBlock block)
    {
        for (int channel = 0; channel < block.Channels; channel += 4)
        {
            Span<byte> row = Row(image, geometry, block, channel);
            int lanes = Math.Min(4, block.Channels - channel);
            if (lanes == 4)
            {
                Span<uint> quads = MemoryMarshal.Cast<byte, uint>(row);
                int to = channel;
                for (int x = 0; x < quads.Length; x++, to += block.Channels) MemoryMarshal.Write(destination.Slice(to), quads[x]);
                continue;
            }
            for (int x = 0; x < block.Pixels; x++)
            {
                for (int lane = 0; lane < lanes; lane++) destination[x * block.Channels + channel + lane] = row[x * 4 + lane];
            }
        }
    }

    /// <summary>Pixels of three channels, four at a time as far as there are sixteen bytes to read. The fourth channel gets any value.</summary>
    /// <returns>Pixels written.</returns>
    private static int StoreThree(ReadOnlySpan<byte> source, Span<byte> row)
    {
        if (!Vector128.IsHardwareAccelerated) return 0;
        Vector128<byte> places = Vector128.Create((byte)0, 1, 2, 0, 3, 4, 5, 0, 6, 7, 8, 0, 9, 10, 11, 0);
        int x = 0;
        for (; x * 4 + 16 <= row.Length && x * 3 + 16 <= source.Length; x += 4)
            Vector128.ShuffleNative(Vector128.Create(source.Slice(x * 3)), places).CopyTo(row.Slice(x * 4));
        return x;
    }

    /// <summary>The quads of the block's pixels at its channel number <paramref name="channel"/>.</summary>
    private static Span<byte> Row(Span<byte> image, ImageBuffer geometry, PixelBlock block, int channel)
    {
        int quad = (block.Channel + channel) / 4;
        int pixel = geometry.Origin + block.Y * geometry.Pitch + block.X;
        return image.Slice((quad * geometry.Size + pixel) * 4, block.Pixels * 4);
    }
}
