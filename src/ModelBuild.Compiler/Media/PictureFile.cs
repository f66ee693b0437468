using ModelBuild.Compiler.Diagnostics;
using StbImageSharp;

namespace ModelBuild.Compiler.Media;

/// <summary>Decodes the bytes of a picture file, whose first bytes tell its format.</summary>
internal static class PictureFile
{
    private static ReadOnlySpan<byte> Gif => "GIF8"u8;

    /// <summary>The file is of a format that may hold an animation.</summary>
    public static bool MayBeAnimated(ReadOnlySpan<byte> file) => file.StartsWith(Gif);

    /// <summary>Decodes.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="channels">1 (gray), 3 (red, green, blue), 4 (with alpha), or 0 for what the file has.</param>
    /// <exception cref="ModelBuildException">MB2001: it cannot be decoded, or not to that number of channels.</exception>
    public static Raster Decode(byte[] file, int channels)
    {
        try
        {
            if (file.AsSpan().StartsWith(PngFile.Signature)) return PngFile.Decode(file, channels);
            if (file is [0xFF, 0xD8, 0xFF, ..]) return Jpeg(file, channels);
            if (file.AsSpan().StartsWith(Gif)) return Animation(file, channels);
            if (file.AsSpan().StartsWith("BM"u8)) return BmpFile.Decode(file, channels);
        }
        // The decoders meet damaged bytes with whatever exception they lead them to.
        catch (Exception error) when (error is not ModelBuildException)
        {
            throw Raster.Damaged("its bytes are damaged", error);
        }
        throw Raster.Damaged("its first bytes are of none of these formats");
    }

    private static Raster Jpeg(byte[] file, int channels)
    {
        ImageInfo info = ImageInfo.FromStream(new MemoryStream(file)) ?? throw Raster.Damaged("its header is damaged");
        Raster.CheckSize(info.Height, info.Width);
        ColorComponents components = channels switch
        {
            0 => info.ColorComponents == ColorComponents.Grey ? ColorComponents.Grey : ColorComponents.RedGreenBlue,
            1 => ColorComponents.Grey,
            3 => ColorComponents.RedGreenBlue,
            _ => throw Raster.Damaged($"a JPEG has no {channels} channels"),
        };
        ImageResult image = ImageResult.FromMemory(file, components);
        return Raster.OfBytes(1, image.Height, image.Width, (int)components, image.Data);
    }

    private static Raster Animation(byte[] file, int channels)
    {
        if (channels is not (0 or 3)) throw Raster.Damaged($"a GIF is decoded to 3 channels, not {channels}");
        List<byte> pixels = [];
        int frames = 0, height = 0, width = 0;
        foreach (AnimatedFrameResult frame in ImageResult.AnimatedGifFramesFromStream(new MemoryStream(file), ColorComponents.RedGreenBlue))
        {
            (height, width) = (frame.Height, frame.Width);
            pixels.AddRange(frame.Data);
            frames++;
        }
        return Raster.OfBytes(frames, height, width, 3, pixels.ToArray());
    }
}
