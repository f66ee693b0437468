using Google.Protobuf;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import;

/// <summary>Reads the file of a frozen graph and says what it is where it is something else.</summary>
internal static class GraphFile
{
    private const string Freeze =
        "Freeze it first: convert_variables_to_constants_v2 (TensorFlow 2) or freeze_graph (TensorFlow 1) writes a single .pb with the weights as constants.";

    // Signatures at the beginning of other formats, with the offset where they stand.
    private static readonly (int Offset, byte[] Bytes, string Format)[] Signatures =
    [
        (0, [0x89, (byte)'H', (byte)'D', (byte)'F'], "a Keras .h5 file"),
        (0, "PK\x03\x04"u8.ToArray(), "a zip archive (perhaps a .keras file)"),
        (0, [0x1F, 0x8B], "a gzip archive"),
        (4, "TFL3"u8.ToArray(), "a TensorFlow Lite model"),
        (0, [0x80, 0x02], "a Python pickle (perhaps a PyTorch model)"),
    ];

    /// <summary>The graph in the file at <paramref name="path"/>.</summary>
    /// <exception cref="ModelBuildException">The file is missing, is truncated, or holds something else than a graph.</exception>
    public static GraphDef Read(string path)
    {
        if (Directory.Exists(path))
        {
            string what = File.Exists(Path.Combine(path, "saved_model.pb")) ? "a SavedModel folder" : "a folder";
            throw new ModelBuildException(DiagnosticCode.WrongFormat, $"This is {what}, not the file of a frozen graph. {Freeze}", path);
        }
        if (!File.Exists(path))
            throw new ModelBuildException(DiagnosticCode.ModelFileMissing, "The model file does not exist. Correct the Include of its ModelReference; paths are relative to the project.", path);
        return Parse(ReadBytes(path), path);
    }

    /// <summary>The graph in the bytes of a file.</summary>
    internal static GraphDef Parse(byte[] bytes, string path)
    {
        RejectOtherFormats(bytes, path);
        GraphDef graph;
        try
        {
            graph = GraphDef.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw IsCutOff(bytes)
                ? new ModelBuildException(DiagnosticCode.Truncated, "The file ends in the middle of the graph: it was cut off. Copy or download it again.", path, error)
                : NotAGraph("it is no protobuf message", path, error);
        }
        if (graph.Node.Count == 0) throw NotAGraph("it has no nodes", path);
        if (graph.Node.All(node => node.Op.Length == 0)) throw NotAGraph("its nodes name no operations", path);
        return graph;
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelBuildException(DiagnosticCode.ModelFileMissing, $"The model file cannot be read: {error.Message}", path, error);
        }
    }

    private static void RejectOtherFormats(byte[] bytes, string path)
    {
        if (bytes.Length == 0) throw new ModelBuildException(DiagnosticCode.Truncated, "The file is empty. Copy or download it again.", path);
        foreach ((int offset, byte[] signature, string format) in Signatures)
            if (bytes.AsSpan(Math.Min(offset, bytes.Length)).StartsWith(signature)) throw Wrong(format, path);
        if (Path.GetExtension(path) is ".meta" or ".index" or ".ckpt" || Path.GetFileName(path).Contains(".data-", StringComparison.Ordinal))
            throw Wrong("a part of a checkpoint", path);
        if (IsText(bytes)) throw NotAGraph("it is text; a graph in text form (.pbtxt) has to be converted to binary with text_format and SerializeToString", path);
        if (IsSavedModel(bytes)) throw Wrong("a SavedModel", path);
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
        new(DiagnosticCode.WrongFormat, $"This is {format}, not a frozen graph. {Freeze}", path);

    private static ModelBuildException NotAGraph(string why, string path, Exception? inner = null) =>
        new(DiagnosticCode.NotAGraph, $"This is not a frozen TensorFlow graph (GraphDef): {why}. {Freeze}", path, inner);
}
