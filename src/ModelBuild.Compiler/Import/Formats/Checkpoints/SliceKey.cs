using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>
/// The name under which a checkpoint holds a part of a partitioned variable: 0, the variable's name, the number of axes, then
/// start and length an axis, all in an encoding whose byte order is that of the numbers (TensorFlow's ordered_code.h).
/// </summary>
internal static class SliceKey
{
    private const long WholeAxis = -1;
    private const int BitsPerByte = 7;

    /// <param name="name">The variable's name.</param>
    /// <param name="slice">As RestoreV2 has it: the full shape, then "start,length" or "-" an axis, with colons between; "10 4
    /// 0,5:-".</param>
    public static string Of(string name, string slice)
    {
        string[] axes = slice[(slice.LastIndexOf(' ') + 1)..].Split(':');
        List<byte> key = [];
        AddCount(key, 0);
        AddText(key, Encoding.UTF8.GetBytes(name));
        AddCount(key, axes.Length);
        foreach (string axis in axes)
        {
            (long start, long length) = axis == "-" ? (0, WholeAxis) : Range(axis, slice);
            AddSigned(key, start);
            AddSigned(key, length);
        }
        return Encoding.Latin1.GetString([.. key]);
    }

    private static (long Start, long Length) Range(string axis, string slice)
    {
        string[] ends = axis.Split(',');
        Inference.Require(ends.Length == 2, $"{slice} is no part of a variable.");
        return (Number(ends[0]), Number(ends[1]));

        long Number(string text) =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number
                : throw Inference.Error($"{slice} is no part of a variable.");
    }

    /// <summary>As many bytes as needed, before them their number.</summary>
    private static void AddCount(List<byte> key, int count)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, count);
        bytes = bytes.TrimStart((byte)0);
        key.Add((byte)bytes.Length);
        key.AddRange(bytes);
    }

    /// <summary>0 and 255 are escaped, since 0 1 ends a text.</summary>
    private static void AddText(List<byte> key, ReadOnlySpan<byte> text)
    {
        foreach (byte character in text)
        {
            key.Add(character);
            if (character is 0) key.Add(0xFF);
            if (character is 0xFF) key.Add(0);
        }
        key.AddRange([0, 1]);
    }

    /// <summary>Like UTF-8, leading ones of the first bytes tell the length; here after a sign, and inverted with it.</summary>
    private static void AddSigned(List<byte> key, long value)
    {
        int bits = sizeof(long) * 8 - BitOperations.LeadingZeroCount((ulong)(value < 0 ? ~value : value));
        int length = bits / BitsPerByte + 1;
        Span<byte> bytes = stackalloc byte[sizeof(long) + 2];
        bytes[..2].Fill(value < 0 ? (byte)0xFF : (byte)0);
        BinaryPrimitives.WriteInt64BigEndian(bytes[2..], value);
        Span<byte> used = bytes[^length..];
        int header = 0xFFFF << 16 - length & 0xFFFF;
        used[0] ^= (byte)(header >> 8);
        if (length > 1) used[1] ^= (byte)header;
        key.AddRange(used);
    }
}
