using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DigitsSample;

/// <summary>Reads NumPy's array files: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.</summary>
internal static class NpyFile
{
    // "\x93NUMPY", two bytes of version, two bytes with the length of the header.
    private const int LengthAt = 8, HeaderAt = 10;

    /// <summary>The elements in row-major order; the file must be little-endian, of version 1, and hold elements of type T.</summary>
    /// <param name="stream">The file, which is closed.</param>
    public static T[] Read<T>(Stream stream) where T : unmanaged
    {
        using Stream opened = stream;
        byte[] file = new byte[stream.Length];
        stream.ReadExactly(file);
        int dataAt = HeaderAt + BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(LengthAt));
        return MemoryMarshal.Cast<byte, T>(file.AsSpan(dataAt)).ToArray();
    }
}
