using StbImageSharp;

namespace ModelBuild.Compiler.Data;

/// <summary>A decoded picture.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Channels">1 (luminance), 3 (red, green, blue) or 4 (with alpha).</param>
/// <param name="Pixels">Bytes [height, width, channels].</param>
internal sealed record Picture(int Height, int Width, int Channels, byte[] Pixels)
{
    // Beyond the largest cameras; keeps a few damaged bytes from claiming gigabytes.
    private const long MaximumPixels = 1 << 28;

    /// <summary>What numbers of channels a picture can be decoded to.</summary>
    public static bool CanHave(int channels) => channels is 1 or 3 or 4;

    /// <summary>
    /// Decodes a PNG or JPEG file: 16 bits a channel become 8, palettes colours, colours luminance where one channel is asked for;
    /// alpha is dropped unless 4 channels are. The orientation that a camera notes (EXIF) is not applied, as TensorFlow does not.
    /// </summary>
    /// <exception cref="Diagnostics.ModelBuildException">MB2001.</exception>
    public static Picture Read(string path, int channels)
    {
        byte[] file = DataFile.ReadBytes(path);
        CheckSize(new MemoryStream(file), path);
        ColorComponents components = channels switch
        {
            1 => ColorComponents.Grey,
            3 => ColorComponents.RedGreenBlue,
            4 => ColorComponents.RedGreenBlueAlpha,
            _ => throw new ArgumentOutOfRangeException(nameof(channels)),
        };
        ImageResult image = Decode(path, () => ImageResult.FromMemory(file, components));
        return new Picture(image.Height, image.Width, channels, image.Data);
    }

    /// <summary>Height and width, of which only the beginning of the file is looked at.</summary>
    /// <exception cref="Diagnostics.ModelBuildException">MB2001: the file is no picture.</exception>
    public static (int Height, int Width) Size(string path) => DataFile.Read(path, stream => CheckSize(stream, path));

    private static (int Height, int Width) CheckSize(Stream stream, string path)
    {
        ImageInfo info = Decode(path, () => ImageInfo.FromStream(stream)) ?? throw Undecodable(path, null);
        if ((long)info.Width * info.Height is < 1 or > MaximumPixels)
            throw DataErrors.Unreadable(path, $"claims {info.Width}x{info.Height} pixels, which cannot be read. Give a smaller picture.");
        return (info.Height, info.Width);
    }

    private static T Decode<T>(string path, Func<T> decode)
    {
        try
        {
            return decode();
        }
        // The decoder meets damaged bytes with whatever exception they lead it to.
        catch (Exception error)
        {
            throw Undecodable(path, error);
        }
    }

    private static Exception Undecodable(string path, Exception? inner) =>
        DataErrors.Unreadable(path, "is no PNG or JPEG picture that can be decoded. Save it again, or take it out of the folder.", inner);
}
