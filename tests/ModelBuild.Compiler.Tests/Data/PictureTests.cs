using CsCheck;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Diagnostics;

namespace ModelBuild.Compiler.Tests.Data;

public sealed class PictureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1, "10 200")]
    [InlineData(1, 3, "10 10 10 200 200 200")]
    [InlineData(2, 1, "10 200")]
    [InlineData(2, 4, "10 10 10 128 200 200 200 0")]
    [InlineData(3, 3, "10 20 30 200 100 0")]
    [InlineData(3, 4, "10 20 30 255 200 100 0 255")]
    [InlineData(4, 3, "10 20 30 200 100 0")]
    [InlineData(4, 4, "10 20 30 128 200 100 0 0")]
    public void Decodes_to_the_channels_of_the_model(int inFile, int inModel, string expected)
    {
        byte[][] pixels = [[10, 200], [10, 128, 200, 0], [10, 20, 30, 200, 100, 0], [10, 20, 30, 128, 200, 100, 0, 0]];
        Picture picture = Picture.Read(_folder.Write("a.png", PictureBytes.Png(1, 2, inFile, pixels[inFile - 1])), inModel);
        Assert.Equal((1, 2, inModel), (picture.Height, picture.Width, picture.Channels));
        Assert.Equal(expected, string.Join(" ", picture.Pixels));
    }

    [Fact]
    public void Decodes_jpeg()
    {
        Picture picture = Picture.Read(_folder.Write("a.jpg", PictureBytes.GreyJpeg()), 3);
        Assert.Equal((8, 8), (picture.Height, picture.Width));
        Assert.Equal(Enumerable.Repeat((byte)192, 8 * 8 * 3), picture.Pixels);
    }

    [Fact]
    public void Damaged_pictures_are_pictures_or_the_error()
    {
        Random random = new(1);
        byte[] noise = new byte[16 * 16 * 3];
        random.NextBytes(noise);
        byte[] png = PictureBytes.Png(16, 16, 3, noise);
        foreach (byte[] file in new[] { png, PictureBytes.GreyJpeg() })
        {
            for (int length = 0; length < file.Length; length++) Try(file[..length]);
            Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte).Sample((position, value) =>
            {
                byte[] damaged = [.. file];
                damaged[position] = value;
                Try(damaged);
            }, iter: 500, threads: 1);
        }
        Errors.Unreadable(() => Picture.Read(_folder.Write("a.png", png[..(png.Length / 2)]), 3), "a.png");

        void Try(byte[] bytes)
        {
            try
            {
                Picture.Read(_folder.Write("damaged.png", bytes), 3);
            }
            catch (ModelBuildException error)
            {
                Assert.Equal(DiagnosticCode.DataUnreadable, error.Code);
            }
        }
    }

    [Fact]
    public void Absurd_sizes_are_refused_before_anything_is_decoded()
    {
        byte[] png = PictureBytes.Png(1, 1, 1, 0);
        png.AsSpan(17, 2).Fill(0xff); // Width
        png.AsSpan(21, 2).Fill(0xff); // Height
        Errors.Unreadable(() => Picture.Read(_folder.Write("huge.png", png), 1), "huge.png");
    }

    [Theory]
    [InlineData(2, 4, "0 100", "0 25 75 100")] // Centres at -0.25, 0.25, 0.75, 1.25.
    [InlineData(4, 2, "0 100 200 40", "50 120")]
    [InlineData(5, 2, "10 20 30 40 50", "18 42")] // At 0.75 and 3.25, without a look at the others; ties go to even.
    [InlineData(3, 1, "1 5 200", "5")]
    [InlineData(1, 3, "7", "7 7 7")]
    public void Resizes_with_half_pixel_centres(int from, int to, string source, string expected)
    {
        byte[] pixels = [.. source.Split(' ').Select(byte.Parse)];
        Picture row = BilinearResize.Run(new Picture(1, from, 1, pixels), 1, to);
        Picture column = BilinearResize.Run(new Picture(from, 1, 1, pixels), to, 1);
        Assert.Equal(expected, string.Join(" ", row.Pixels));
        Assert.Equal(row.Pixels, column.Pixels);
    }

    [Fact]
    public void Resizes_channels_apart_and_both_ways_at_once()
    {
        Picture resized = BilinearResize.Run(new Picture(2, 2, 3, [0, 100, 1, 40, 100, 1, 80, 200, 1, 200, 200, 1]), 1, 1);
        Assert.Equal([80, 150, 1], resized.Pixels);
    }

    [Fact]
    public void Lists_pictures_at_any_depth_in_ordinal_order()
    {
        string[] pictures = ["b/z.PNG", "B/1.jpeg", "a/deep/x.Jpg", "ab.png", "a.png", "a-b.png", "_.jpg"];
        string[] others = ["a/notes.txt", ".hidden/x.png", "a/._x.png"];
        foreach (string name in pictures.Concat(others))
            _folder.Write(name, PictureBytes.Png(1, 1, 1, 0));
        Directory.CreateDirectory(_folder.PathOf("empty/x")[..^2]);
        ImageFolder images = ImageFolder.Open(_folder.Path + Path.DirectorySeparatorChar);
        Assert.Equal(["B/1.jpeg", "_.jpg", "a-b.png", "a.png", "a/deep/x.Jpg", "ab.png", "b/z.PNG"], images.Files);
        Assert.Equal(["B", "a", "b", "empty"], images.Folders);
        Assert.Equal(["B", null, null, null, "a", null, "b"], Enumerable.Range(0, 7).Select(images.FolderOf));
        Assert.True(File.Exists(images.FullPath(4)));
    }

    [Fact]
    public void A_folder_without_pictures_is_an_error() =>
        Errors.Mismatch(() => ImageFolder.Open(_folder.Path), "no PNG or JPEG");
}
