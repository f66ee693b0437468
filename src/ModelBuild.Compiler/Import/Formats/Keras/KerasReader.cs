using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Import.Proto;
using PureHDF;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Reads Keras models: .h5 (Keras 1 to 3) and .keras (from Keras 2.12 on).</summary>
internal static class KerasReader
{
    private const string ConfigEntry = "config.json", MetadataEntry = "metadata.json", WeightsEntry = "model.weights.h5";
    private const string WeightsGroup = "model_weights", ConfigAttribute = "model_config", VersionAttribute = "keras_version";
    private const int DeepestJson = 256, OldestVersion = 2;

    /// <summary>The first bytes of HDF5 files.</summary>
    public static ReadOnlySpan<byte> Hdf5Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>The graph of an .h5 file.</summary>
    /// <exception cref="ModelBuildException">It is damaged, holds no model, or one with layers that are not known.</exception>
    public static GraphDef ReadHdf5(byte[] bytes, string path)
    {
        using Hdf5File file = new(bytes, path);
        IH5Group root = file.Group("")!;
        if (file.Text(root, ConfigAttribute) is not { } config)
            throw new ModelBuildException(DiagnosticCode.WrongFormat, file.TextList(root, "layer_names") is not null
                || file.Group("layers") is not null
                ? "This .h5 file holds only the weights of a Keras model, without its layers. Save the whole model: "
                    + "model.save(\"model.keras\")."
                : "This HDF5 file holds no Keras model. Save the model with model.save(\"model.keras\").", path);
        IH5Group weights = file.Group(WeightsGroup) ?? root;
        string? version = file.Text(root, VersionAttribute) ?? file.Text(weights, VersionAttribute);
        return Write(config, LegacyWeights.Of(file, weights), version, path);
    }

    /// <summary>The graph of a .keras file.</summary>
    /// <exception cref="ModelBuildException">It is damaged, holds no model, or one with layers that are not known.</exception>
    public static GraphDef ReadArchive(byte[] bytes, string path)
    {
        try
        {
            using ZipArchive archive = new(new MemoryStream(bytes), ZipArchiveMode.Read);
            if (archive.GetEntry(ConfigEntry) is not { } config || archive.GetEntry(WeightsEntry) is not { } weights)
                throw new ModelBuildException(DiagnosticCode.WrongFormat,
                    $"This zip archive has no {ConfigEntry} and {WeightsEntry}, and so is no Keras model. Save the model with "
                        + "model.save(\"model.keras\"), or unpack a SavedModel first.", path);
            string? version = archive.GetEntry(MetadataEntry) is { } metadata ? Version(ReadText(metadata), path) : null;
            using Hdf5File file = new(ReadBytes(weights), path);
            return Write(ReadText(config), new StoreWeights(file, file.Group("")), version, path);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException)
        {
            throw ByteReader.Damaged(path, "its zip archive cannot be read", error);
        }
    }

    private static GraphDef Write(string config, KerasWeights weights, string? version, string path)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(config, new JsonDocumentOptions { MaxDepth = DeepestJson });
            KerasModel model = KerasModelParser.Parse(json.RootElement);
            LayerTable.RejectUnknown(model);
            KerasGraph graph = new();
            string scope = GraphParts.NodeName(model.Name);
            IReadOnlyList<KerasTensor> outputs =
                new KerasModelWriter(graph, MajorVersion(version)).Write(model, new LayerWeights(graph, weights, scope), scope, null);
            string[] names = [.. model.Outputs.Zip(outputs, (reference, output) =>
                graph.Add(reference.Layer, "Identity", output.Shape, output.Type, [output], ("T", GraphParts.Type(output.Type))).Input)];
            return GraphParts.Graph(GraphParts.Prune(graph.Nodes, names));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new ModelBuildException(DiagnosticCode.InvalidGraph,
                $"The description of the model's layers cannot be read: {error.Message} Save the model again.", path, error);
        }
        catch (ModelBuildException error) when (error.File is null)
        {
            throw new ModelBuildException(error.Code, error.Message, path, error);
        }
    }

    private static int MajorVersion(string? version) =>
        int.TryParse(version?.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major) ? major : OldestVersion;

    private static string? Version(string metadata, string path)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(metadata);
            return new KerasConfig(json.RootElement).Find(VersionAttribute) is { ValueKind: JsonValueKind.String } version
                ? version.GetString() : null;
        }
        catch (JsonException error)
        {
            throw ByteReader.Damaged(path, $"its {MetadataEntry} cannot be read", error);
        }
    }

    private static string ReadText(ZipArchiveEntry entry)
    {
        using StreamReader reader = new(entry.Open());
        return reader.ReadToEnd();
    }

    private static byte[] ReadBytes(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
