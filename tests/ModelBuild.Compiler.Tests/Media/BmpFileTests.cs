using System.Buffers.Binary;
using ModelBuild.Compiler.Media;

namespace ModelBuild.Compiler.Tests.Media;

/// <summary>BMP files of the depths that TensorFlow decodes.</summary>
public sealed class BmpFileTests
{
    private static byte[] Bmp(int height, int width, short bits, params byte[] pixels)
    {
        byte[] header = new byte[54];
        "BM"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(10), header.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(22), height);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(28), bits);
        return [.. header, .. pixels];
    }

    [Fact]
    public void RowsGoUpAndAreFilledToFourBytes()
    {
        byte[] file = Bmp(2, 1, 24, 3, 2, 1, 0, 6, 5, 4, 0);
        Assert.Equal([4, 5, 6, 1, 2, 3], PictureFile.Decode(file, 0).Samples);
        Assert.Equal([4, 5, 6, 255, 1, 2, 3, 255], PictureFile.Decode(file, 4).Samples);
        Assert.Equal([1, 2, 3, 4, 5, 6], PictureFile.Decode(Bmp(-2, 1, 24, 3, 2, 1, 0, 6, 5, 4, 0), 3).Samples);
    }

    [Fact]
    public void GrayAndAlpha()
    {
        Assert.Equal([9, 9, 9, 8, 8, 8], PictureFile.Decode(Bmp(1, 2, 8, 9, 8, 0, 0), 3).Samples);
        Assert.Equal([9, 8], PictureFile.Decode(Bmp(1, 2, 8, 9, 8, 0, 0), 0).Samples);
        Assert.Equal([3, 2, 1, 77], PictureFile.Decode(Bmp(1, 1, 32, 1, 2, 3, 77), 0).Samples);
    }
}
