using System.Buffers.Binary;
using System.IO.Compression;

namespace ModelBuild.Compiler.Tests.Data;

/// <summary>Files of small pictures.</summary>
internal static class PictureBytes
{
    /// <summary>
    /// A baseline JPEG of 8x8 grey pixels of 192: one block with a DC coefficient of 64 and a quantiser of 8, of which each pixel
    /// gets 64 * 8 / 8 above 128. Both Huffman tables have one code, '0': 7 bits of DC, and the end of the block.
    /// </summary>
    public static byte[] GreyJpeg()
    {
        byte[] quantizers = new byte[64], codes = new byte[16];
        Array.Fill(quantizers, (byte)8);
        codes[0] = 1;
        return
        [
            0xff, 0xd8,
            0xff, 0xdb, 0, 67, 0, .. quantizers,
            0xff, 0xc0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0,
            0xff, 0xc4, 0, 20, 0x00, .. codes, 7,
            0xff, 0xc4, 0, 20, 0x10, .. codes, 0,
            0xff, 0xda, 0, 8, 1, 1, 0x00, 0, 63, 0,
            0b0100_0000, 0b0111_1111,
            0xff, 0xd9,
        ];
    }

    /// <summary>A PNG of 8 bits a channel.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="channels">1 to 4: grey, grey and alpha, RGB, RGBA.</param>
    /// <param name="pixels">[height, width, channels].</param>
    public static byte[] Png(int height, int width, int channels, params byte[] pixels)
    {
        byte[] colourTypes = [0, 4, 2, 6], header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, colourTypes[channels - 1]);

        using MemoryStream data = new();
        using (ZLibStream zlib = new(data, CompressionLevel.Fastest, leaveOpen: true))
            foreach (byte[] row in pixels.Chunk(width * channels)) zlib.Write([0, .. row]);
        return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, data.ToArray()), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] content)
    {
        byte[] chunk = [0, 0, 0, 0, .. type, .. content, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(chunk.AsSpan(4, chunk.Length - 8)));
        return chunk;
    }

    /// <summary>CRC-32 as of ISO 3309, bit by bit.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1) * 0xedb88320;
        }
        return ~crc;
    }
}
