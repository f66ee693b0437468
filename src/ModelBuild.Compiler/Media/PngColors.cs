using System.Buffers.Binary;

namespace ModelBuild.Compiler.Media;

/// <summary>From the samples of a PNG to those of a number of channels, as libpng converts them for TensorFlow.</summary>
/// <param name="header">The header.</param>
/// <param name="palette">Red, green and blue of each colour of a palette.</param>
/// <param name="transparency">Alpha of each colour of a palette, or the one transparent colour, 16 bits a sample; may be empty.</param>
internal sealed class PngColors(PngHeader header, byte[] palette, byte[] transparency)
{
    // 0.299, 0.587 and the rest to 1, in fractions of 2^15.
    private const int RedShare = 9798, GreenShare = 19235, BlueShare = 3735, ShareBits = 15;

    private readonly int _bits = Math.Max(header.Depth, 8);

    /// <summary>Converts.</summary>
    /// <param name="samples">[height, width, samples].</param>
    /// <param name="channels">1, 3, 4, or 0 for what the file has.</param>
    public Raster Convert(ushort[] samples, int channels)
    {
        if (header.Color == PngColor.Palette && palette.Length == 0) throw Raster.Damaged("the PNG has no palette");
        if (channels == 0) channels = header.Color == PngColor.Palette ? transparency.Length > 0 ? 4 : 3 : header.Samples;
        ushort[] converted = new ushort[checked(header.Height * header.Width * channels)];
        for (int i = 0; i < header.Height * header.Width; i++)
        {
            ReadOnlySpan<ushort> pixel = samples.AsSpan(i * header.Samples, header.Samples);
            Write(Color(pixel), Alpha(pixel), converted.AsSpan(i * channels, channels));
        }
        return new Raster(1, header.Height, header.Width, channels, _bits, converted);
    }

    private bool IsGray => header.Color is PngColor.Gray or PngColor.GrayAlpha;

    private (int Red, int Green, int Blue) Color(ReadOnlySpan<ushort> pixel)
    {
        if (header.Color == PngColor.Palette)
        {
            if (3 * pixel[0] + 2 >= palette.Length) throw Raster.Damaged("a pixel of the PNG is not in its palette");
            return (palette[3 * pixel[0]], palette[3 * pixel[0] + 1], palette[3 * pixel[0] + 2]);
        }
        if (!IsGray) return (pixel[0], pixel[1], pixel[2]);
        // Fewer bits are spread over the range of 8: the greatest value becomes 255.
        int gray = header.Depth < 8 ? pixel[0] * (255 / ((1 << header.Depth) - 1)) : pixel[0];
        return (gray, gray, gray);
    }

    private int Alpha(ReadOnlySpan<ushort> pixel)
    {
        int opaque = (1 << _bits) - 1;
        switch (header.Color)
        {
            case PngColor.GrayAlpha or PngColor.Rgba: return pixel[^1];
            case PngColor.Palette when transparency.Length > 0: return pixel[0] < transparency.Length ? transparency[pixel[0]] : opaque;
            case PngColor.Gray or PngColor.Rgb when transparency.Length >= 2 * pixel.Length:
                for (int i = 0; i < pixel.Length; i++)
                    if (pixel[i] != BinaryPrimitives.ReadUInt16BigEndian(transparency.AsSpan(2 * i))) return opaque;
                return 0;
            // libpng fills up with the greatest value of the stored depth, even where samples are spread over a greater range.
            default: return (1 << header.Depth) - 1;
        }
    }

    private void Write((int Red, int Green, int Blue) color, int alpha, Span<ushort> pixel)
    {
        if (pixel.Length < 3) pixel[0] = (ushort)(IsGray ? color.Red : Gray(color));
        else (pixel[0], pixel[1], pixel[2]) = ((ushort)color.Red, (ushort)color.Green, (ushort)color.Blue);
        if (pixel.Length % 2 == 0) pixel[^1] = (ushort)alpha;
    }

    private int Gray((int Red, int Green, int Blue) color)
    {
        if (color.Red == color.Green && color.Red == color.Blue) return color.Red;
        long sum = (long)RedShare * color.Red + (long)GreenShare * color.Green + (long)BlueShare * color.Blue;
        return (int)(sum + (_bits == 16 ? 1 << (ShareBits - 1) : 0) >> ShareBits);
    }
}
