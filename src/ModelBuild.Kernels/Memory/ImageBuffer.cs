using System;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// A quantised image in the working memory, u8, in channel-quad-planar layout [quads][Size][4]: four neighbouring channels of
/// a pixel lie together, so that one 32-bit load gives what a four-way multiply-add takes, and vectors run along pixels. A
/// plane has rows of <see cref="Pitch"/> pixels; the pixels between two rows serve both as the right border of the one and the
/// left border of the other. A vector of channels is an image of 1x1 pixel, where the layout is the plain array.
/// </summary>
/// <remarks>
/// Contract between kernels: a kernel that writes an image may scribble over everything in its buffer that is not a pixel and
/// then fills the border (<see cref="FillBorder(Span{byte})"/>); a kernel that reads may read anything in the buffer, and beyond pixel (Height - 1,
/// Width - 1) as far as Size allows. Channels beyond <see cref="Channels"/> in the last quad hold any value: readers give
/// them zero weights.
/// </remarks>
internal sealed class ImageBuffer
{
    /// <param name="offset">First byte in the arena, a multiple of 64.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="height">Rows of pixels.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="pitch">Pixels from one row to the next, at least the width.</param>
    /// <param name="origin">Index of pixel (0, 0) in a plane.</param>
    /// <param name="size">Pixels of a plane.</param>
    /// <param name="border">Value of everything outside the image, or -1 where no reader needs one.</param>
    public ImageBuffer(int offset, int channels, int height, int width, int pitch, int origin, int size, int border)
    {
        Offset = offset;
        Channels = channels;
        Height = height;
        Width = width;
        Pitch = pitch;
        Origin = origin;
        Size = size;
        Border = border;
    }

    public int Offset { get; }
    public int Channels { get; }
    public int Height { get; }
    public int Width { get; }
    public int Pitch { get; }
    public int Origin { get; }
    public int Size { get; }
    public int Border { get; }

    /// <summary>Groups of four channels.</summary>
    public int Quads => (Channels + 3) / 4;

    /// <summary>Bytes of the buffer.</summary>
    public int Bytes => Quads * Size * 4;

    /// <summary>Pixels from (0, 0) to (Height - 1, Width - 1) in a plane, the ones between rows included.</summary>
    public int Span => (Height - 1) * Pitch + Width;

    /// <summary>The bytes of the planes <paramref name="firstQuad"/> .. <paramref name="endQuad"/> - 1.</summary>
    /// <param name="image">The bytes of this buffer.</param>
    /// <param name="firstQuad">First plane.</param>
    /// <param name="endQuad">The plane after the last.</param>
    public Span<byte> Planes(Span<byte> image, int firstQuad, int endQuad) => image.Slice(firstQuad * Size * 4, (endQuad - firstQuad) * Size * 4);

    /// <summary>Sets everything outside the image to <see cref="Border"/>, if there is one.</summary>
    /// <param name="image">The bytes of this buffer.</param>
    public void FillBorder(Span<byte> image) => FillBorder(image, 0, Quads);

    /// <summary>The same in the planes <paramref name="firstQuad"/> .. <paramref name="endQuad"/> - 1.</summary>
    public void FillBorder(Span<byte> image, int firstQuad, int endQuad) => FillBorder(image, new ImageTile(firstQuad, endQuad, 0, Span));

    /// <summary>
    /// The same in a tile, whose pixels are counted from pixel (0, 0): what lies between its rows, and before the first and behind the last pixel
    /// of the plane if it has these.
    /// </summary>
    public void FillBorder(Span<byte> image, in ImageTile tile)
    {
        if (Border >= 0) FillBorder(image, (byte)Border, tile);
    }

    /// <summary>Sets everything outside the image to <paramref name="value"/>, in the planes <paramref name="firstQuad"/> .. <paramref name="endQuad"/> - 1.</summary>
    public void FillBorder(Span<byte> image, byte value, int firstQuad, int endQuad) =>
        FillBorder(image, value, new ImageTile(firstQuad, endQuad, 0, Span));

    /// <summary>Sets everything outside the image to <paramref name="value"/>, in a tile.</summary>
    /// <param name="image">The bytes of this buffer.</param>
    /// <param name="value">The zero point.</param>
    /// <param name="tile">Which quads and pixels.</param>
    private void FillBorder(Span<byte> image, byte value, in ImageTile tile)
    {
        int gap = Pitch - Width;
        int four = value * 0x01010101;
        Span<int> pixels = MemoryMarshal.Cast<byte, int>(image);
        for (int quad = tile.FirstQuad; quad < tile.EndQuad; quad++)
        {
            Span<int> plane = pixels.Slice(quad * Size, Size);
            if (tile.FirstPixel == 0) plane.Slice(0, Origin).Fill(four);
            int end = Math.Min(tile.EndPixel, Span);
            int start = tile.FirstPixel / Pitch * Pitch + Width;
            if (gap == 1)
            {
                // The most frequent one is not worth a call for each row.
                for (; start < end; start += Pitch) plane[Origin + start] = four;
            }
            else if (gap > 0)
            {
                for (; start < end; start += Pitch)
                {
                    int first = Math.Max(start, tile.FirstPixel);
                    int last = Math.Min(start + gap, end);
                    if (first < last) plane.Slice(Origin + first, last - first).Fill(four);
                }
            }
            if (tile.EndPixel >= Span) plane.Slice(Origin + Span).Fill(four);
        }
    }
}
