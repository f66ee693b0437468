namespace ModelBuild.Compiler.Media;

/// <summary>From the filtered rows of a PNG to its samples.</summary>
internal static class PngRows
{
    private enum Filter : byte
    {
        None,
        Left,
        Up,
        Average,
        Paeth,
    }

    /// <summary>The samples as stored, [height, width, samples]; the rows are unfiltered in place.</summary>
    /// <param name="header">The header.</param>
    /// <param name="filtered">Rows, each after the type of its filter.</param>
    public static ushort[] Samples(PngHeader header, Span<byte> filtered)
    {
        ushort[] samples = new ushort[checked(header.Height * header.Width * header.Samples)];
        foreach (PngPass pass in header.Passes)
        {
            int length = header.RowLength(pass.Width);
            Span<byte> above = new byte[length];
            for (int row = 0; row < pass.Height; row++)
            {
                Span<byte> current = filtered.Slice(1, length);
                Unfilter((Filter)filtered[0], current, above, header.PixelLength);
                Unpack(header, pass, row, current, samples);
                above = current;
                filtered = filtered[(1 + length)..];
            }
        }
        return samples;
    }

    private static void Unfilter(Filter filter, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        if (filter > Filter.Paeth) throw Raster.Damaged("a row of the PNG has an unknown filter");
        for (int i = 0; i < row.Length && filter != Filter.None; i++)
        {
            int left = i < distance ? 0 : row[i - distance], corner = i < distance ? 0 : above[i - distance];
            row[i] += (byte)(filter switch
            {
                Filter.Left => left,
                Filter.Up => above[i],
                Filter.Average => (left + above[i]) / 2,
                _ => Nearest(left, above[i], corner),
            });
        }
    }

    /// <summary>The neighbour that is nearest to left + above - corner (Paeth 1991).</summary>
    private static int Nearest(int left, int above, int corner)
    {
        int estimate = left + above - corner;
        (int toLeft, int toAbove, int toCorner) = (Math.Abs(estimate - left), Math.Abs(estimate - above), Math.Abs(estimate - corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    private static void Unpack(PngHeader header, PngPass pass, int row, ReadOnlySpan<byte> bytes, Span<ushort> samples)
    {
        int line = (pass.Top + row * pass.Rows) * header.Width;
        for (int i = 0; i < pass.Width * header.Samples; i++)
        {
            (int pixel, int sample) = Math.DivRem(i, header.Samples);
            samples[(line + pass.Left + pixel * pass.Columns) * header.Samples + sample] = Sample(bytes, i, header.Depth);
        }
    }

    private static ushort Sample(ReadOnlySpan<byte> bytes, int index, int depth)
    {
        if (depth == 16) return (ushort)(bytes[2 * index] << 8 | bytes[2 * index + 1]);
        int bit = index * depth;
        return (ushort)(bytes[bit / 8] >> (8 - depth - bit % 8) & (1 << depth) - 1);
    }
}
