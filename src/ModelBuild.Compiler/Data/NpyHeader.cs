using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Data;

/// <summary>
/// What an .npy file says of its array: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html. A file is
/// "\x93NUMPY", two bytes of version, the header's length (2 bytes, 4 from version 2 on), the header, the elements.
/// </summary>
/// <param name="Element">Type of the elements.</param>
/// <param name="BigEndian">The elements' most significant byte comes first.</param>
/// <param name="Fortran">The first dimension varies fastest.</param>
/// <param name="Shape">Static.</param>
internal sealed record NpyHeader(NpyElement Element, bool BigEndian, bool Fortran, Shape Shape)
{
    private const int VersionBytes = 2, LastVersion = 3, Alignment = 64;

    // NumPy reads no longer ones either; arrays of plain numbers take about a hundred.
    private const int MaximumLength = 10_000;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the header and leaves the stream at the first element.</summary>
    /// <exception cref="Diagnostics.ModelBuildException">MB2001: this is no .npy file, or one of other things than numbers.</exception>
    public static NpyHeader Read(Stream stream, string path)
    {
        byte[] start = Bytes(stream, Magic.Length + VersionBytes, path);
        if (!start.AsSpan(0, Magic.Length).SequenceEqual(Magic)) throw DataErrors.Unreadable(path, WhatElse(start));
        int version = start[Magic.Length];
        if (version is < 1 or > LastVersion)
            throw DataErrors.Unreadable(path, $"has version {version} of the .npy format; 1 to {LastVersion} can be read. Use numpy.save.");

        uint length = version == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(Bytes(stream, sizeof(ushort), path))
            : BinaryPrimitives.ReadUInt32LittleEndian(Bytes(stream, sizeof(uint), path));
        if (length > MaximumLength)
            throw DataErrors.Unreadable(path, $"has a header of {length} bytes, more than an array of numbers needs: it is damaged or "
                + "holds records. Save one plain array.");
        Encoding encoding = version == LastVersion ? Encoding.UTF8 : Encoding.Latin1;
        return new NpyHeaderParser(encoding.GetString(Bytes(stream, (int)length, path)), path).Parse();
    }

    /// <summary>Writes the start of a file of version 1, up to the first element.</summary>
    public void Write(Stream stream)
    {
        char order = Element.NumberBytes == 1 ? '|' : BigEndian ? '>' : '<';
        string sizes = string.Concat(Shape.ToArray().Select(size => size.ToString(CultureInfo.InvariantCulture) + ", "));
        string fortran = Fortran ? "True" : "False";
        string text = $"{{'descr': '{order}{Element.Code}', 'fortran_order': {fortran}, 'shape': ({sizes.TrimEnd()}), }}";
        int before = Magic.Length + VersionBytes + sizeof(ushort);
        int length = (before + text.Length + 1 + Alignment - 1) / Alignment * Alignment - before;
        byte[] header = Encoding.Latin1.GetBytes(text.PadRight(length - 1) + "\n");
        stream.Write([.. Magic, 1, 0, (byte)length, (byte)(length >> 8), .. header]);
    }

    private static byte[] Bytes(Stream stream, int count, string path)
    {
        byte[] bytes = new byte[count];
        if (stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) < count)
            throw DataErrors.Unreadable(path, "is no .npy file, or ends within its header. Save the array again with numpy.save.");
        return bytes;
    }

    private static string WhatElse(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("PK"u8)) return "is an archive of arrays (.npz). Save the one array with numpy.save.";
        if (start is [0x80, <= 5, ..]) return "is a Python pickle. Save the array with numpy.save(..., allow_pickle=False).";
        return "is no .npy file. Save the array with numpy.save.";
    }
}
