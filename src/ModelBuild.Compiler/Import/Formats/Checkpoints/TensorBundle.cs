using System.Globalization;
using System.Text;
using Google.Protobuf;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>
/// Reads a checkpoint of TensorFlow (a "tensor bundle"): PREFIX.index tells where each tensor lies in the shards
/// PREFIX.data-NNNNN-of-NNNNN. Tensors are read when they are asked for.
/// </summary>
internal sealed class TensorBundle
{
    private const int BigEndian = 1;

    private readonly string _prefix;
    private readonly int _shards;
    private readonly IReadOnlyDictionary<string, byte[]> _entries;

    /// <param name="prefix">Path without ".index".</param>
    /// <exception cref="ModelBuildException">The index is missing, damaged, or of a machine with the other byte order.</exception>
    public TensorBundle(string prefix)
    {
        _prefix = prefix;
        _entries = SortedTable.Read(ModelFiles.ReadAllBytes(IndexPath), IndexPath);
        if (!_entries.TryGetValue("", out byte[]? bytes)) throw ByteReader.Damaged(IndexPath, "it has no header");
        BundleHeaderProto header = Parse(BundleHeaderProto.Parser, bytes);
        if (header.Endianness == BigEndian)
            throw new ModelBuildException(DiagnosticCode.WrongFormat,
                "The checkpoint was written on a big-endian machine. Save the model again on a little-endian one.", IndexPath);
        _shards = header.NumShards;
    }

    private string IndexPath => _prefix + ".index";

    /// <summary>The checkpoint has a tensor of this name.</summary>
    public bool Contains(string name) => _entries.ContainsKey(Key(name));

    /// <summary>A tensor, or a part of it as partitioned variables have.</summary>
    /// <param name="name">Its key in the checkpoint.</param>
    /// <param name="slice">"full shape, then start,length or - an axis", as "10 4 0,5:-", or empty for the whole tensor.</param>
    public TensorProto Read(string name, string slice = "")
    {
        BundleEntryProto entry = Entry(Key(name), name);
        if (slice.Length == 0)
            return entry.Slices.Count == 0 ? Content(entry, name) : throw new ModelBuildException(DiagnosticCode.UnsupportedAttribute,
                $"The variable {name} was saved in {entry.Slices.Count} parts and is read as a whole. Save the model without "
                    + "partitioned variables.", IndexPath);
        if (entry.Slices.Count > 0) return Content(Entry(SliceKey.Of(name, slice), $"{name}, part {slice}"), name);
        throw new ModelBuildException(DiagnosticCode.UnsupportedAttribute,
            $"The variable {name} is read in parts, but was saved as a whole.", IndexPath);
    }

    /// <summary>The single text of a string tensor.</summary>
    public ReadOnlySpan<byte> ReadText(string name)
    {
        BundleEntryProto entry = Entry(Key(name), name);
        byte[] bytes = Bytes(entry, name);
        ByteReader reader = new(bytes, ShardPath(entry.ShardId));
        int length = reader.Length();
        ReadOnlySpan<byte> lengthChecksum = reader.Bytes(sizeof(uint)), text = reader.Bytes(length);
        // The length counts as a fixed-size number, and its own checksum too.
        if (entry.Crc32C != Crc32C.Masked([.. BitConverter.GetBytes((uint)length), .. lengthChecksum], text))
            throw ByteReader.Damaged(ShardPath(entry.ShardId), $"the checksum of {name} is wrong");
        return text;
    }

    private static string Key(string name) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(name));

    private BundleEntryProto Entry(string key, string name) => _entries.TryGetValue(key, out byte[]? bytes)
        ? Parse(BundleEntryProto.Parser, bytes)
        : throw new ModelBuildException(DiagnosticCode.NotFrozen,
            $"The checkpoint has no value of the variable {name}. Save the model again, with all its variables.", IndexPath);

    private TensorProto Content(BundleEntryProto entry, string name)
    {
        DataType type = (DataType)entry.Dtype;
        Shape shape = ShapeReader.Read(entry.Shape);
        byte[] bytes = Bytes(entry, name);
        if (!shape.IsStatic || ElementSize(type, name) * (long)Inference.Product(shape.Dimensions) != bytes.Length)
            throw ByteReader.Damaged(IndexPath, $"{name} has {bytes.Length} bytes for {type}{shape}");
        if (entry.Crc32C != Crc32C.Masked(bytes)) throw ByteReader.Damaged(ShardPath(entry.ShardId), $"the checksum of {name} is wrong");
        TensorShapeProto stored = entry.Shape ?? new TensorShapeProto();
        return new TensorProto { Dtype = entry.Dtype, TensorShape = stored, TensorContent = UnsafeByteOperations.UnsafeWrap(bytes) };
    }

    private byte[] Bytes(BundleEntryProto entry, string name)
    {
        if (entry.ShardId < 0 || entry.ShardId >= _shards)
            throw ByteReader.Damaged(IndexPath, $"{name} lies in shard {entry.ShardId} of {_shards}");
        string path = ShardPath(entry.ShardId);
        using FileStream stream = ModelFiles.Open(path);
        if (entry.Offset < 0 || entry.Size < 0 || entry.Size > Array.MaxLength || entry.Offset > stream.Length - entry.Size)
            throw ByteReader.Damaged(path, $"{name} ends behind its end");
        byte[] bytes = new byte[entry.Size];
        stream.Position = entry.Offset;
        stream.ReadExactly(bytes);
        return bytes;
    }

    private string ShardPath(int shard) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}.data-{shard:00000}-of-{_shards:00000}");

    private int ElementSize(DataType type, string name) => type switch
    {
        DataType.Bool or DataType.Int8 or DataType.UInt8 or DataType.QInt8 or DataType.QUInt8 => 1,
        DataType.Int16 or DataType.UInt16 or DataType.QInt16 or DataType.QUInt16 or DataType.Float16 or DataType.BFloat16 => 2,
        DataType.Int32 or DataType.UInt32 or DataType.QInt32 or DataType.Float32 => 4,
        DataType.Int64 or DataType.UInt64 or DataType.Float64 or DataType.Complex64 => 8,
        DataType.Complex128 => 16,
        _ => throw new ModelBuildException(DiagnosticCode.UnsupportedAttribute,
            $"The variable {name} has the type {type}, which no network computes with.", IndexPath),
    };

    private T Parse<T>(MessageParser<T> parser, byte[] bytes) where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw ByteReader.Damaged(IndexPath, "an entry cannot be read", error);
        }
    }
}
