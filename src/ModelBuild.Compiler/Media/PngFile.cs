using System.Buffers.Binary;
using System.IO.Compression;

namespace ModelBuild.Compiler.Media;

/// <summary>
/// Decodes PNG files (https://www.w3.org/TR/png), all colour types, depths and interlacing; to other channels than the file's as libpng does
/// for TensorFlow, sample by sample. The library for other formats has neither 16 bits nor the same gray.
/// </summary>
internal static class PngFile
{
    private const int ChunkFrame = 12;

    /// <summary>The first bytes.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Decodes; 16 bits a sample stay 16.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="channels">1 (gray), 3 (red, green, blue), 4 (with alpha), or 0 for what the file has.</param>
    public static Raster Decode(ReadOnlySpan<byte> file, int channels)
    {
        PngHeader? header = null;
        byte[] palette = [], transparency = [];
        using MemoryStream compressed = new();
        for (ReadOnlySpan<byte> rest = file[Signature.Length..]; rest.Length >= ChunkFrame;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - ChunkFrame) throw Raster.Damaged("a chunk of the PNG is cut off");
            ReadOnlySpan<byte> name = rest.Slice(4, 4), data = rest.Slice(8, (int)length);
            if (name.SequenceEqual("IHDR"u8)) header = PngHeader.Read(data);
            else if (name.SequenceEqual("PLTE"u8)) palette = data.ToArray();
            else if (name.SequenceEqual("tRNS"u8)) transparency = data.ToArray();
            else if (name.SequenceEqual("IDAT"u8)) compressed.Write(data);
            else if (name.SequenceEqual("IEND"u8)) break;
            rest = rest[(ChunkFrame + (int)length)..];
        }
        if (header is null || compressed.Length == 0) throw Raster.Damaged("the PNG has no header or no pixels");
        byte[] filtered = new byte[header.FilteredLength];
        compressed.Position = 0;
        using ZLibStream inflated = new(compressed, CompressionMode.Decompress);
        inflated.ReadExactly(filtered);
        return new PngColors(header, palette, transparency).Convert(PngRows.Samples(header, filtered), channels);
    }
}
