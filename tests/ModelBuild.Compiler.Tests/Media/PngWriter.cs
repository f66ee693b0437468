using System.Buffers.Binary;
using System.IO.Compression;

namespace ModelBuild.Compiler.Tests.Media;

/// <summary>Writes PNG files of any kind, with each filter in turn.</summary>
/// <param name="height">Rows.</param>
/// <param name="width">Pixels in a row.</param>
/// <param name="color">0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGBA.</param>
/// <param name="depth">Bits a sample.</param>
/// <param name="interlaced">In the passes of Adam7.</param>
internal sealed class PngWriter(int height, int width, int color, int depth, bool interlaced)
{
    private static readonly (int Top, int Left, int Rows, int Columns)[] Interlacing =
        [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)];

    public byte[] Palette { get; init; } = [];

    public byte[] Transparency { get; init; } = [];

    /// <summary>Samples a pixel.</summary>
    public int Samples => color switch { 0 or 3 => 1, 4 => 2, 2 => 3, _ => 4 };

    /// <summary>The file of samples [height, width, samples].</summary>
    public byte[] Write(ushort[] samples)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)color, interlaced ? (byte)1 : (byte)0);
        using MemoryStream data = new();
        using (ZLibStream zlib = new(data, CompressionLevel.Fastest, leaveOpen: true))
            foreach ((int top, int left, int rows, int columns) in interlaced ? Interlacing : [(0, 0, 1, 1)])
                WritePass(zlib, samples, top, left, rows, columns);
        return
        [
            0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR"u8, header), .. Palette.Length > 0 ? Chunk("PLTE"u8, Palette) : [],
            .. Transparency.Length > 0 ? Chunk("tRNS"u8, Transparency) : [], .. Chunk("IDAT"u8, data.ToArray()), .. Chunk("IEND"u8, []),
        ];
    }

    private void WritePass(Stream stream, ushort[] samples, int top, int left, int rows, int columns)
    {
        if (left >= width) return;
        byte[]? above = null;
        for (int y = top, filter = 0; y < height; y += rows, filter = (filter + 1) % 5)
        {
            byte[] row = Pack([.. Enumerable.Range(0, width).Where(x => x >= left && (x - left) % columns == 0)
                .SelectMany(x => samples[((y * width + x) * Samples)..((y * width + x + 1) * Samples)])]);
            stream.WriteByte((byte)filter);
            stream.Write(Filter(row, above ?? new byte[row.Length], filter));
            above = row;
        }
    }

    private byte[] Pack(ushort[] samples)
    {
        byte[] row = new byte[(samples.Length * depth + 7) / 8];
        for (int i = 0; i < samples.Length; i++)
            for (int bit = 0; bit < depth; bit++)
                if ((samples[i] >> (depth - 1 - bit) & 1) != 0) row[(i * depth + bit) / 8] |= (byte)(0x80 >> (i * depth + bit) % 8);
        return row;
    }

    private byte[] Filter(byte[] row, byte[] above, int filter)
    {
        int distance = Math.Max(1, Samples * depth / 8);
        return [.. row.Select((value, i) =>
        {
            int left = i < distance ? 0 : row[i - distance], corner = i < distance ? 0 : above[i - distance], estimate = left + above[i] - corner;
            int nearest = new[] { left, above[i], corner }.MinBy(neighbour => Math.Abs(estimate - neighbour));
            return (byte)(value - filter switch { 0 => 0, 1 => left, 2 => above[i], 3 => (left + above[i]) / 2, _ => nearest });
        })];
    }

    // The decoder does not look at check sums.
    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] content)
    {
        byte[] chunk = [0, 0, 0, 0, .. type, .. content, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        return chunk;
    }
}
