using System.Buffers.Binary;

namespace ModelBuild.Compiler.Media;

/// <summary>Decodes BMP files of 8 (gray), 24 or 32 bits a pixel, without compression; TensorFlow knows no others.</summary>
internal static class BmpFile
{
    // Places in the header.
    private const int PixelOffset = 10, WidthOffset = 18, HeightOffset = 22, BitsOffset = 28, HeaderLength = 32;

    /// <summary>Decodes.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="channels">3, 4, or 0 for what the file has.</param>
    public static Raster Decode(ReadOnlySpan<byte> file, int channels)
    {
        if (channels == 1) throw Raster.Damaged("a BMP is not decoded to 1 channel");
        if (file.Length < HeaderLength) throw Raster.Damaged("its header is cut off");
        int start = BinaryPrimitives.ReadInt32LittleEndian(file[PixelOffset..]);
        int width = BinaryPrimitives.ReadInt32LittleEndian(file[WidthOffset..]);
        int signedHeight = BinaryPrimitives.ReadInt32LittleEndian(file[HeightOffset..]);
        int bits = BinaryPrimitives.ReadInt16LittleEndian(file[BitsOffset..]);
        // Rows go from the bottom to the top unless the height is negative.
        bool isTopDown = signedHeight < 0;
        int height = Math.Abs(Math.Max(signedHeight, -int.MaxValue)), stored = bits / 8;
        Raster.CheckSize(height, width);
        if (stored is not (1 or 3 or 4)) throw Raster.Damaged($"a BMP of {bits} bits a pixel is not supported");
        long rowLength = ((long)stored * width + 3) / 4 * 4;
        if (start < 0 || start + rowLength * height > file.Length) throw Raster.Damaged("its pixels are cut off");
        int wanted = channels == 0 ? stored : channels;
        byte[] pixels = new byte[height * width * wanted];
        for (int i = 0; i < height * width; i++)
        {
            (int y, int x) = Math.DivRem(i, width);
            ReadOnlySpan<byte> pixel = file.Slice((int)(start + (isTopDown ? y : height - 1 - y) * rowLength) + x * stored, stored);
            Convert(pixel, pixels.AsSpan(i * wanted, wanted));
        }
        return Raster.OfBytes(1, height, width, wanted, pixels);
    }

    /// <summary>From gray, or blue, green, red and perhaps alpha.</summary>
    private static void Convert(ReadOnlySpan<byte> from, Span<byte> to)
    {
        for (int channel = 0; channel < Math.Min(to.Length, 3); channel++) to[channel] = from[from.Length == 1 ? 0 : 2 - channel];
        if (to.Length == 4) to[3] = from.Length == 4 ? from[3] : byte.MaxValue;
    }
}
