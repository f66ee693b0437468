using System.Text;

namespace ModelBuild.Package.Tests;

/// <summary>Writes NumPy's array files, https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, version 1.</summary>
internal static class NpyFile
{
    /// <summary>A file of the given NumPy type ("&lt;f4") and shape ("(2, 3)").</summary>
    public static byte[] Of(string type, string shape, byte[] data)
    {
        const int Before = 10, Alignment = 64;
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
        int length = (Before + header.Length + 1 + Alignment - 1) / Alignment * Alignment - Before;
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)length, (byte)(length >> 8), .. Encoding.ASCII.GetBytes(header.PadRight(length - 1) + "\n"), .. data];
    }
}
