using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;
using ModelBuild.Compiler.Import.Formats;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Tests.Formats;

/// <summary>Writes checkpoints as TensorFlow does: one shard, and an index of one block, whose keys share their beginnings.</summary>
internal static class CheckpointWriter
{
    private const ulong Magic = 0xDB4775248B80FB57;

    /// <param name="prefix">Path without ".index".</param>
    /// <param name="tensors">Values by name; of string tensors the content is the text.</param>
    /// <param name="endianness">0 little, 1 big.</param>
    /// <param name="compression">The byte behind each block.</param>
    /// <param name="slices">Keys of tensors that others are parts of: the whole shape and the parts.</param>
    public static void Write(
        string prefix, IReadOnlyDictionary<string, TensorProto> tensors, int endianness = 0, byte compression = 0,
        IReadOnlyDictionary<string, BundleEntryProto>? slices = null)
    {
        using MemoryStream data = new();
        SortedDictionary<string, byte[]> entries = new(StringComparer.Ordinal)
        {
            [""] = new BundleHeaderProto { NumShards = 1, Endianness = endianness }.ToByteArray(),
        };
        foreach ((string name, BundleEntryProto entry) in slices ?? new Dictionary<string, BundleEntryProto>())
            entries[name] = entry.ToByteArray();
        foreach ((string name, TensorProto tensor) in tensors)
        {
            byte[] content = tensor.TensorContent.ToByteArray();
            (content, uint checksum) = tensor.Dtype == (int)Graph.DataType.String ? Text(content) : (content, Crc32C.Masked(content));
            BundleEntryProto entry =
                new() { Dtype = tensor.Dtype, Shape = tensor.TensorShape, Offset = data.Length, Size = content.Length, Crc32C = checksum };
            entries[name] = entry.ToByteArray();
            data.Write(content);
        }
        File.WriteAllBytes(prefix + ".data-00000-of-00001", data.ToArray());
        File.WriteAllBytes(prefix + ".index", Table(entries, compression));
    }

    /// <summary>A text with its length, the checksum of that, and the checksum of all.</summary>
    private static (byte[] Content, uint Checksum) Text(byte[] text)
    {
        byte[] length = BitConverter.GetBytes((uint)text.Length), lengthChecksum = BitConverter.GetBytes(Crc32C.Masked(length));
        return ([.. Varint(text.Length), .. lengthChecksum, .. text], Crc32C.Masked([.. length, .. lengthChecksum], text));
    }

    private static byte[] Table(SortedDictionary<string, byte[]> entries, byte compression)
    {
        List<byte> file = [];
        byte[] block = Add(Block(entries.Select(entry => (Encoding.Latin1.GetBytes(entry.Key), entry.Value))));
        byte[] meta = Add(Block([])), index = Add(Block([(Encoding.Latin1.GetBytes(entries.Keys.Last()), block)]));
        byte[] handles = [.. meta, .. index];
        return [.. file, .. handles, .. new byte[40 - handles.Length], .. BitConverter.GetBytes(Magic)];

        byte[] Add(byte[] content)
        {
            byte[] handle = [.. Varint(file.Count), .. Varint(content.Length)], body = [.. content, compression];
            file.AddRange([.. body, .. BitConverter.GetBytes(Crc32C.Masked(body))]);
            return handle;
        }
    }

    private static byte[] Block(IEnumerable<(byte[] Key, byte[] Value)> entries)
    {
        List<byte> block = [];
        byte[] before = [];
        foreach ((byte[] key, byte[] value) in entries)
        {
            int shared = key.AsSpan().CommonPrefixLength(before);
            block.AddRange([.. Varint(shared), .. Varint(key.Length - shared), .. Varint(value.Length), .. key.AsSpan(shared), .. value]);
            before = key;
        }
        byte[] restarts = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(restarts.AsSpan(4), 1);
        return [.. block, .. restarts];
    }

    private static byte[] Varint(int value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }
}
