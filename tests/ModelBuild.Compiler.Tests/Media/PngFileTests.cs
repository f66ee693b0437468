using ModelBuild.Compiler.Media;
using ModelBuild.Compiler.Tests.Data;
using StbImageSharp;

namespace ModelBuild.Compiler.Tests.Media;

/// <summary>PNG files of all kinds, made by <see cref="PngWriter"/>, and those of the sample against another decoder.</summary>
public sealed class PngFileTests
{
    private static ushort[] Decode(byte[] file, int channels) => PngFile.Decode(file, channels).Samples;

    public static TheoryData<int, int, bool> Kinds
    {
        get
        {
            TheoryData<int, int, bool> kinds = [];
            foreach ((int color, int[] depths) in new[] { (0, (int[])[1, 2, 4, 8, 16]), (2, [8, 16]), (4, [8, 16]), (6, [8, 16]) })
                foreach (int depth in depths)
                    foreach (bool interlaced in new[] { false, true }) kinds.Add(color, depth, interlaced);
            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryColorTypeDepthAndOrder(int color, int depth, bool interlaced)
    {
        PngWriter writer = new(5, 11, color, depth, interlaced);
        Random random = new(color * 100 + depth);
        ushort[] samples = [.. Enumerable.Range(0, 5 * 11 * writer.Samples).Select(_ => (ushort)random.Next(1 << depth))];
        Raster raster = PngFile.Decode(writer.Write(samples), 0);
        Assert.Equal((5, 11, writer.Samples, Math.Max(depth, 8)), (raster.Height, raster.Width, raster.Channels, raster.Bits));
        // Fewer bits than 8 are spread over 0..255.
        Assert.Equal(samples.Select(sample => depth < 8 ? (ushort)(sample * 255 / ((1 << depth) - 1)) : sample), raster.Samples);
    }

    [Fact]
    public void APaletteGivesColorsAndAlpha()
    {
        PngWriter writer = new(1, 3, 3, 2, false) { Palette = [1, 2, 3, 10, 20, 30, 100, 100, 100], Transparency = [0, 128] };
        byte[] file = writer.Write([0, 1, 2]);
        Assert.Equal([1, 2, 3, 0, 10, 20, 30, 128, 100, 100, 100, 255], Decode(file, 0));
        Assert.Equal([1, 2, 3, 10, 20, 30, 100, 100, 100], Decode(file, 3));
        // 0.299, 0.587 and 0.114, rounded down; equal channels are kept.
        Assert.Equal([1, 18, 100], Decode(file, 1));
    }

    [Fact]
    public void OneColorMayBeTransparent()
    {
        PngWriter writer = new(1, 2, 2, 8, false) { Transparency = [0, 7, 0, 8, 0, 9] };
        byte[] file = writer.Write([7, 8, 9, 7, 8, 10]);
        Assert.Equal([7, 8, 9, 0, 7, 8, 10, 255], Decode(file, 4));
        Assert.Equal([7, 8, 9, 7, 8, 10], Decode(file, 0));
    }

    [Fact]
    public void GrayBecomesColorWithAlpha()
    {
        Assert.Equal([5, 5, 5, 255], Decode(new PngWriter(1, 1, 0, 8, false).Write([5]), 4));
        Assert.Equal([5, 5, 5], Decode(new PngWriter(1, 1, 4, 8, false).Write([5, 77]), 3));
        Assert.Equal([300, 300, 300, 77], Decode(new PngWriter(1, 1, 4, 16, false).Write([300, 77]), 4));
    }

    [Fact]
    public void TheSampleDecodesAsWithAnotherDecoder()
    {
        foreach (string path in Directory.EnumerateFiles(Repository.Path("samples/Digits/images"), "*.png", SearchOption.AllDirectories))
        {
            byte[] file = File.ReadAllBytes(path);
            ImageResult expected = ImageResult.FromMemory(file, ColorComponents.RedGreenBlueAlpha);
            Assert.Equal(expected.Data.Select(sample => (ushort)sample), Decode(file, 4));
        }
    }

    [Fact]
    public void DamagedFilesAreErrors()
    {
        byte[] file = new PngWriter(4, 4, 2, 8, false).Write(new ushort[48]);
        for (int length = 8; length < file.Length - 12; length++)
            Errors.Assert(Diagnostics.DiagnosticCode.DataUnreadable, () => PictureFile.Decode(file[..length], 0), "cannot be decoded");
    }
}
