using ModelBuild.Compiler.Diagnostics;

namespace ModelBuild.Compiler.Media;

/// <summary>Frames of decoded pixels.</summary>
/// <param name="Frames">Number of frames.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Channels">1 (gray), 2 (with alpha), 3 (red, green, blue) or 4 (with alpha).</param>
/// <param name="Bits">8 or 16 bits a sample.</param>
/// <param name="Samples">[frames, height, width, channels].</param>
internal sealed record Raster(int Frames, int Height, int Width, int Channels, int Bits, ushort[] Samples)
{
    // Beyond the largest cameras; keeps a few damaged bytes from claiming gigabytes.
    private const long MostPixels = 1 << 28;

    /// <summary>From bytes.</summary>
    public static Raster OfBytes(int frames, int height, int width, int channels, ReadOnlySpan<byte> bytes)
    {
        ushort[] samples = new ushort[bytes.Length];
        for (int i = 0; i < samples.Length; i++) samples[i] = bytes[i];
        return new Raster(frames, height, width, channels, 8, samples);
    }

    /// <summary>Throws where a file claims a size that no picture has.</summary>
    public static void CheckSize(long height, long width)
    {
        if (height < 1 || width < 1 || height > MostPixels || width > MostPixels || height * width > MostPixels)
            throw Damaged($"it claims {width}x{height} pixels");
    }

    /// <summary>The error for a file that cannot be decoded.</summary>
    public static ModelBuildException Damaged(string why, Exception? inner = null) =>
        new(DiagnosticCode.DataUnreadable, $"A picture cannot be decoded: {why}. Feed the bytes of a PNG, JPEG, BMP or GIF file.", null, inner);
}
