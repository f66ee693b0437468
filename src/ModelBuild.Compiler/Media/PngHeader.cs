using System.Buffers.Binary;

namespace ModelBuild.Compiler.Media;

/// <summary>The header of a PNG file.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Depth">Bits a sample: 1, 2, 4, 8 or 16.</param>
/// <param name="Color">Colour type.</param>
/// <param name="IsInterlaced">The pixels come in the seven passes of Adam7.</param>
internal sealed record PngHeader(int Width, int Height, int Depth, PngColor Color, bool IsInterlaced)
{
    private const int Length = 13;

    // First row and column, and distances of rows and columns, of the passes of Adam7.
    private static readonly (int Top, int Left, int Rows, int Columns)[] Interlacing =
        [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)];

    /// <summary>Samples a pixel.</summary>
    public int Samples => Color switch { PngColor.Gray or PngColor.Palette => 1, PngColor.GrayAlpha => 2, PngColor.Rgb => 3, _ => 4 };

    /// <summary>Bytes of all rows of all passes, with a filter type before each.</summary>
    public int FilteredLength => Passes.Sum(pass => checked(pass.Height * (1 + RowLength(pass.Width))));

    /// <summary>The parts of the picture in the order in which they come, empty ones left out.</summary>
    public IEnumerable<PngPass> Passes => IsInterlaced
        ? Interlacing.Select(pass => new PngPass(
            pass.Top, pass.Left, pass.Rows, pass.Columns, Parts(Height - pass.Top, pass.Rows), Parts(Width - pass.Left, pass.Columns)))
            .Where(pass => pass is { Height: > 0, Width: > 0 })
        : [new PngPass(0, 0, 1, 1, Height, Width)];

    /// <summary>Bytes from a sample to the one left of it, at least 1.</summary>
    public int PixelLength => Math.Max(1, Samples * Depth / 8);

    /// <summary>Bytes of a row of so many pixels.</summary>
    public int RowLength(int pixels) => checked((int)(((long)pixels * Samples * Depth + 7) / 8));

    /// <summary>Reads the chunk.</summary>
    public static PngHeader Read(ReadOnlySpan<byte> data)
    {
        if (data.Length != Length) throw Raster.Damaged("the PNG's header is damaged");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data), height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        Raster.CheckSize(height, width);
        (int depth, PngColor color, byte interlace) = (data[8], (PngColor)data[9], data[12]);
        bool isAllowed = color switch
        {
            PngColor.Gray => depth is 1 or 2 or 4 or 8 or 16,
            PngColor.Palette => depth is 1 or 2 or 4 or 8,
            PngColor.Rgb or PngColor.GrayAlpha or PngColor.Rgba => depth is 8 or 16,
            _ => false,
        };
        if (!isAllowed || data[10] != 0 || data[11] != 0 || interlace > 1)
            throw Raster.Damaged($"the PNG has colour type {data[9]} of {depth} bits");
        return new PngHeader((int)width, (int)height, depth, color, interlace == 1);
    }

    private static int Parts(int length, int distance) => (length + distance - 1) / distance;
}

/// <summary>Colour types by their numbers in the file.</summary>
internal enum PngColor : byte
{
    Gray = 0,
    Rgb = 2,
    Palette = 3,
    GrayAlpha = 4,
    Rgba = 6,
}

/// <summary>A part of a picture: each <paramref name="Rows"/>th row and <paramref name="Columns"/>th column from a pixel on.</summary>
/// <param name="Top">First row.</param>
/// <param name="Left">First column.</param>
/// <param name="Rows">Rows of the picture to one of the part.</param>
/// <param name="Columns">Columns of the picture to one of the part.</param>
/// <param name="Height">Rows of the part.</param>
/// <param name="Width">Columns of the part.</param>
internal readonly record struct PngPass(int Top, int Left, int Rows, int Columns, int Height, int Width);
