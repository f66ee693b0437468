using System;
using System.Collections.Generic;
using System.IO;

namespace ModelBuild.Kernels;

/// <summary>
/// What levels of a kernel, [output][y][x][channel], tell of others: the sum of the level at the left and the one above, in the same
/// output and channel, foretells sign and magnitude of a level. If the sum is negative, the level is coded with its sign turned; the
/// magnitude of the sum then chooses among <see cref="Classes"/> tables of frequencies.
/// </summary>
/// <remarks>Bytes: kernel height, kernel width and channels as varints; the two bounds; the two means.</remarks>
internal sealed record RansNeighbours
{
    /// <summary>Number of tables: of small, of medium and of large sums.</summary>
    public const int Classes = 3;

    /// <summary>Kernel height and width, and channels.</summary>
    public int Height { get; init; }

    /// <summary>Kernel width.</summary>
    public int Width { get; init; }

    /// <summary>Channels.</summary>
    public int Channels { get; init; }

    /// <summary>The least magnitudes of sums that are medium and large.</summary>
    public int Medium { get; init; }

    /// <summary>The least magnitude of a sum that is large.</summary>
    public int Large { get; init; }

    /// <summary>Where the initial distribution of levels beside medium sums has its middle.</summary>
    public int MediumMean { get; init; }

    /// <summary>Where the initial distribution of levels beside large sums has its middle.</summary>
    public int LargeMean { get; init; }

    /// <summary>Levels of an output.</summary>
    public int Row => Height * Width * Channels;

    /// <summary>The middle of a class's initial distribution.</summary>
    public int Mean(int index) => index == 0 ? 0 : index == 1 ? MediumMean : LargeMean;

    /// <summary>The sum of the levels at the left and above.</summary>
    /// <param name="levels">All levels.</param>
    /// <param name="place">A level's place among them.</param>
    /// <param name="position">Its place among the levels of its output.</param>
    public int Sum(ReadOnlySpan<sbyte> levels, int place, int position)
    {
        int left = position / Channels % Width > 0 ? levels[place - Channels] : 0;
        return position >= Width * Channels ? left + levels[place - Width * Channels] : left;
    }

    /// <summary>The class of a magnitude of a sum.</summary>
    public int Class(int magnitude) => (magnitude >= Medium ? 1 : 0) + (magnitude >= Large ? 1 : 0);

    /// <summary>Reads them.</summary>
    /// <exception cref="InvalidDataException">They do not fit the tensor.</exception>
    public static RansNeighbours Read(ReadOnlySpan<byte> coded, int length, ref int position)
    {
        RansNeighbours read = new()
        {
            Height = Dimension(coded, ref position),
            Width = Dimension(coded, ref position),
            Channels = Dimension(coded, ref position),
            Medium = RansHeader.Byte(coded, ref position),
            Large = RansHeader.Byte(coded, ref position),
            MediumMean = (sbyte)RansHeader.Byte(coded, ref position),
            LargeMean = (sbyte)RansHeader.Byte(coded, ref position),
        };
        long row = (long)read.Height * read.Width;
        bool fits = row > 0 && row <= length && read.Channels > 0 && row * read.Channels <= length && length % (row * read.Channels) == 0;
        return fits ? read : throw RansHeader.Damaged("has another shape");
    }

    /// <summary>Writes what <see cref="Read"/> reads.</summary>
    public void Write(List<byte> bytes)
    {
        foreach (int dimension in new[] { Height, Width, Channels }) RansHeader.WriteVarint(bytes, (uint)dimension);
        bytes.AddRange(new[] { (byte)Medium, (byte)Large, (byte)MediumMean, (byte)LargeMean });
    }

    private static int Dimension(ReadOnlySpan<byte> coded, ref int position) =>
        RansHeader.Varint(coded, ref position) is var dimension and <= int.MaxValue ? (int)dimension : throw RansHeader.Damaged("has another shape");
}
