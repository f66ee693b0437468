using System.Text;
using ModelBuild.Compiler.Diagnostics;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>
/// Reads a sorted table of LevelDB, which TensorFlow uses as the index of checkpoints: data blocks, an index block that tells
/// where they lie, and a footer that tells where the index lies
/// (https://github.com/google/leveldb/blob/main/doc/table_format.md).
/// </summary>
internal static class SortedTable
{
    private const ulong Magic = 0xDB4775248B80FB57;
    private const int FooterLength = 48, HandlesLength = 40;
    private const int TrailerLength = 5; // one byte of compression, four of checksum
    private const byte Uncompressed = 0, Snappy = 1;
    private const int LongestKey = 1 << 14; // names are far shorter; a damaged table must not fill the memory

    /// <summary>All keys and values.</summary>
    /// <exception cref="ModelBuildException">The table is damaged or compressed.</exception>
    public static IReadOnlyDictionary<string, byte[]> Read(byte[] bytes, string file)
    {
        if (bytes.Length < FooterLength) throw ByteReader.Damaged(file, $"it has {bytes.Length} bytes, fewer than its footer");
        ReadOnlySpan<byte> footer = bytes.AsSpan(bytes.Length - FooterLength);
        if (new ByteReader(footer[HandlesLength..], file).Fixed64() != Magic)
            throw ByteReader.Damaged(file, "its footer has not the mark of a checkpoint's index");
        ByteReader handles = new(footer[..HandlesLength], file);
        handles.Varint();
        handles.Varint(); // where the meta index lies, which TensorFlow leaves empty
        Dictionary<string, byte[]> entries = new(StringComparer.Ordinal);
        foreach ((_, byte[] handle) in Entries(Block(bytes, ref handles, file), file))
        {
            ByteReader place = new(handle, file);
            foreach ((string key, byte[] value) in Entries(Block(bytes, ref place, file), file)) entries[key] = value;
        }
        return entries;
    }

    /// <summary>The content of the block that a handle (offset, size) names.</summary>
    private static ReadOnlySpan<byte> Block(byte[] bytes, ref ByteReader handle, string file)
    {
        int offset = handle.Length(), size = handle.Length();
        if ((long)offset + size + TrailerLength > bytes.Length) throw ByteReader.Damaged(file, "a block lies behind its end");
        ReadOnlySpan<byte> checkedPart = bytes.AsSpan(offset, size + 1);
        uint stored = new ByteReader(bytes.AsSpan(offset + size + 1), file).Fixed32();
        if (stored != Crc32C.Masked(checkedPart)) throw ByteReader.Damaged(file, "the checksum of a block is wrong");
        return checkedPart[^1] switch
        {
            Uncompressed => checkedPart[..size],
            Snappy => throw new ModelBuildException(DiagnosticCode.UnsupportedAttribute,
                "The checkpoint's index is compressed with Snappy, which TensorFlow does not write. Save the model again with TensorFlow.",
                    file),
            byte kind => throw ByteReader.Damaged(file, $"a block has the unknown compression {kind}"),
        };
    }

    /// <summary>A key shares as many bytes with the one before as its entry says; behind the entries stand places to restart at.</summary>
    private static List<(string Key, byte[] Value)> Entries(ReadOnlySpan<byte> block, string file)
    {
        if (block.Length < sizeof(uint)) throw ByteReader.Damaged(file, "a block is too short");
        uint restarts = new ByteReader(block[^sizeof(uint)..], file).Fixed32();
        long end = block.Length - (restarts + 1L) * sizeof(uint);
        if (end < 0) throw ByteReader.Damaged(file, "a block has more places to restart at than bytes");
        ByteReader reader = new(block[..(int)end], file);
        List<(string, byte[])> entries = [];
        byte[] key = [];
        while (reader.Left > 0)
        {
            int shared = reader.Length(), added = reader.Length(), size = reader.Length();
            if (shared > key.Length || shared > LongestKey - Math.Min(added, LongestKey))
                throw ByteReader.Damaged(file, "a key has an impossible length");
            key = [.. key.AsSpan(0, shared), .. reader.Bytes(added)];
            entries.Add((Encoding.Latin1.GetString(key), reader.Bytes(size).ToArray()));
        }
        return entries;
    }
}
