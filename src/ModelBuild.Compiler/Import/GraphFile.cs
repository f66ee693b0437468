using Google.Protobuf;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Import.Formats;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import;

/// <summary>
/// Reads a model's file: a frozen graph, or one of the formats that are made one; and says what it is where it is something else.
/// </summary>
internal static class GraphFile
{
    private const string Freeze =
        "Freeze it first: convert_variables_to_constants_v2 (TensorFlow 2) or freeze_graph (TensorFlow 1) writes a single .pb with the "
            + "weights as constants.";

    private static readonly byte[] ZipSignature = [(byte)'P', (byte)'K', 3, 4];

    // Signatures at the beginning of other formats, with the offset where they stand.
    private static readonly (int Offset, byte[] Bytes, string Format)[] Signatures =
    [
        (0, [0x1F, 0x8B], "a gzip archive"),
        (4, "TFL3"u8.ToArray(), "a TensorFlow Lite model"),
        (0, [0x80, 0x02], "a Python pickle (perhaps a PyTorch model)"),
    ];

    /// <summary>
    /// The frozen graph of the model at <paramref name="path"/>: a file of any known format, or the folder of a SavedModel.
    /// </summary>
    /// <param name="path">A file or folder.</param>
    /// <param name="options">Name the signature or the outputs of a SavedModel; may be null.</param>
    /// <exception cref="ModelBuildException">The file is missing, is damaged, or holds something else than a model.</exception>
    public static GraphDef Read(string path, ImportOptions? options = null)
    {
        string file = Directory.Exists(path) ? Path.Combine(path, ModelFiles.SavedModelName) : path;
        if (Directory.Exists(path) && !File.Exists(file))
            throw new ModelBuildException(DiagnosticCode.WrongFormat,
                $"This is a folder without {ModelFiles.SavedModelName}, and so is no SavedModel. {Freeze}", path);
        if (!File.Exists(file))
            throw new ModelBuildException(DiagnosticCode.ModelFileMissing,
                "The model file does not exist. Correct the Include of its ModelReference; paths are relative to the project.", path);
        return Parse(ModelFiles.ReadAllBytes(file), file, options);
    }

    /// <summary>The graph in the bytes of a file, whose format they tell.</summary>
    internal static GraphDef Parse(byte[] bytes, string path, ImportOptions? options = null)
    {
        if (bytes.AsSpan().StartsWith(KerasReader.Hdf5Signature)) return KerasReader.ReadHdf5(bytes, path);
        if (bytes.AsSpan().StartsWith(ZipSignature)) return KerasReader.ReadArchive(bytes, path);
        RejectOtherFormats(bytes, path);
        return IsSavedModel(bytes) ? SavedModelReader.Read(bytes, path, options ?? new ImportOptions()) : ParseGraph(bytes, path);
    }

    private static GraphDef ParseGraph(byte[] bytes, string path)
    {
        GraphDef graph;
        try
        {
            graph = GraphDef.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw IsCutOff(bytes)
                ? new ModelBuildException(DiagnosticCode.Truncated,
                    "The file ends in the middle of the graph: it was cut off. Copy or download it again.", path, error)
                : NotAGraph("it is no protobuf message", path, error);
        }
        if (graph.Node.Count == 0) throw NotAGraph("it has no nodes", path);
        if (graph.Node.All(node => node.Op.Length == 0)) throw NotAGraph("its nodes name no operations", path);
        return graph;
    }

    private static void RejectOtherFormats(byte[] bytes, string path)
    {
        if (bytes.Length == 0)
            throw new ModelBuildException(DiagnosticCode.Truncated, "The file is empty. Copy or download it again.", path);
        foreach ((int offset, byte[] signature, string format) in Signatures)
            if (bytes.AsSpan(Math.Min(offset, bytes.Length)).StartsWith(signature)) throw Wrong(format, path);
        if (Path.GetExtension(path) is ".meta" or ".index" or ".ckpt"
            || Path.GetFileName(path).Contains(".data-", StringComparison.Ordinal))
            throw Wrong("a part of a checkpoint", path);
        if (IsText(bytes)) throw NotAGraph(
            "it is text; a graph in text form (.pbtxt) has to be converted to binary with text_format and SerializeToString", path);
    }

    /// <summary>A SavedModel begins with its version, where a graph has no field of that number and type.</summary>
    private static bool IsSavedModel(byte[] bytes)
    {
        if (bytes[0] != WireFormat.MakeTag(SavedModel.SavedModelSchemaVersionFieldNumber, WireFormat.WireType.Varint)) return false;
        try
        {
            return SavedModel.Parser.ParseFrom(bytes).MetaGraphs.Count > 0;
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }

    /// <summary>Every field begins like one of a graph, and the last is longer than what is left of the file.</summary>
    private static bool IsCutOff(ReadOnlySpan<byte> rest)
    {
        while (rest.Length > 0)
        {
            if (!TryReadVarint(ref rest, out ulong tag)) return true;
            if (WireFormat.GetTagFieldNumber((uint)tag) is 0 or > GraphDef.VersionsFieldNumber) return false;
            if (!TryReadVarint(ref rest, out ulong value)) return true;
            if (WireFormat.GetTagWireType((uint)tag) == WireFormat.WireType.Varint) continue;
            if (WireFormat.GetTagWireType((uint)tag) != WireFormat.WireType.LengthDelimited) return false;
            if (value > (ulong)rest.Length) return true;
            rest = rest[(int)value..];
        }
        return false;
    }

    /// <summary>Reads a base-128 number; false where the bytes end first.</summary>
    private static bool TryReadVarint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (int i = 0; i < Math.Min(bytes.Length, 10); i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << i * 7;
            if (bytes[i] >= 0x80) continue;
            bytes = bytes[(i + 1)..];
            return true;
        }
        return false;
    }

    private static bool IsText(byte[] bytes)
    {
        ReadOnlySpan<byte> start = bytes.AsSpan(0, Math.Min(bytes.Length, 1024));
        foreach (byte character in start)
            if (character < ' ' && character is not ((byte)'\n' or (byte)'\r' or (byte)'\t')) return false;
        return true;
    }

    private static ModelBuildException Wrong(string format, string path) =>
        new(DiagnosticCode.WrongFormat, $"This is {format}, not a frozen graph, SavedModel or Keras model. {Freeze}", path);

    private static ModelBuildException NotAGraph(string why, string path, Exception? inner = null) =>
        new(DiagnosticCode.NotAGraph, $"This is not a frozen TensorFlow graph (GraphDef): {why}. {Freeze}", path, inner);
}
