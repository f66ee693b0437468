using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DigitsSample;

/// <summary>Reads NumPy's array files: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.</summary>
internal static class NpyFile
{
    // "\x93NUMPY", two bytes of version, two bytes with the length of the header.
    private const int LengthAt = 8, HeaderAt = 10;

    /// <summary>The elements in row-major order; the file must be little-endian, of version 1, and hold elements of type T.</summary>
    public static T[] Read<T>(string path) where T : unmanaged
    {
        ReadOnlySpan<byte> file = File.ReadAllBytes(path);
        int dataAt = HeaderAt + BinaryPrimitives.ReadUInt16LittleEndian(file[LengthAt..]);
        return MemoryMarshal.Cast<byte, T>(file[dataAt..]).ToArray();
    }
}
