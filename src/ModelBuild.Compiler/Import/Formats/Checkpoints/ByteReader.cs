using System.Buffers.Binary;
using System.Text;
using ModelBuild.Compiler.Diagnostics;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Reads numbers one after the other; reaching over the end is an error of the file.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes, string file)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly int Left => _rest.Length;

    /// <summary>A base-128 number.</summary>
    public ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Bytes(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw Damaged(file, "a number has too many bytes");
    }

    /// <summary>A base-128 number that is a length or place in memory.</summary>
    public int Length() => Varint() is var value and <= int.MaxValue ? (int)value : throw Damaged(file, "a length is too great");

    public uint Fixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(sizeof(uint)));

    public ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(sizeof(ulong)));

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if ((uint)count > (uint)_rest.Length) throw Damaged(file, "it ends too early");
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public string Text(int count) => Encoding.UTF8.GetString(Bytes(count));

    /// <summary>The error of a file whose content contradicts itself.</summary>
    public static ModelBuildException Damaged(string file, string why, Exception? inner = null) => new(
        DiagnosticCode.Truncated, $"{Path.GetFileName(file)} is damaged or was cut off: {why}. Copy or download the model again.", file,
            inner);
}
