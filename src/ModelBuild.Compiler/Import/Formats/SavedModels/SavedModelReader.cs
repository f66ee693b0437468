using Google.Protobuf;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>
/// Reads a SavedModel: saved_model.pb, and the checkpoint with the values of its variables in the folder "variables" beside it.
/// </summary>
internal static class SavedModelReader
{
    private const string NoSignature = "Export it with one: tf.saved_model.save(model, folder, signatures=...), model.export(folder) of "
        + "Keras 3, or (TensorFlow 1) signature_def_map.";

    /// <summary>The frozen graph of a signature; its placeholders and outputs have the names that the signature gives them.</summary>
    /// <param name="bytes">Content of saved_model.pb.</param>
    /// <param name="path">Path of that file.</param>
    /// <param name="options">Names the signature, or the outputs where there is none.</param>
    /// <exception cref="ModelBuildException">Files are missing or damaged, or it cannot be told what to compile.</exception>
    public static GraphDef Read(byte[] bytes, string path, ImportOptions options)
    {
        try
        {
            MetaGraphDef model = Signatures.Graph(SavedModel.Parser.ParseFrom(bytes), path);
            SignatureDef? signature = Signatures.Choose(model, options.Signature, path);
            return signature is not null ? Freeze(model, SignatureGraph.Roots(signature), path, signature)
                : Freeze(model, RootsWithoutSignature(options, path), path, null);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw ByteReader.Damaged(path, "it is no complete protobuf message", error);
        }
        catch (ModelBuildException error) when (error.File is null)
        {
            throw new ModelBuildException(error.Code, error.Message, path, error);
        }
    }

    private static GraphDef Freeze(MetaGraphDef model, IReadOnlyList<string> roots, string path, SignatureDef? signature)
    {
        VariableKeys? keys = null;
        TensorBundle? bundle = null;
        GraphDef frozen = VariableFreezer.Run(model.GraphDef, roots.Select(GraphParts.NodeOf), Value);
        if (signature is not null) frozen = SignatureGraph.Run(frozen, signature);
        // Written out, nodes have the names that a frozen graph would have.
        IReadOnlyList<NodeDef> nodes = FunctionInlining.Run(frozen, [.. (signature is null ? roots : []).Select(NodeInput.Parse)]);
        frozen.Node.Clear();
        frozen.Node.AddRange(nodes);
        return frozen;

        TensorProto Value(NodeDef variable)
        {
            bundle ??= new TensorBundle(Path.Combine(VariablesFolder(path), ModelFiles.Variables));
            keys ??= new VariableKeys(model, bundle);
            if (keys.Find(variable) is not { } key)
                throw new ModelBuildException(DiagnosticCode.NotFrozen,
                    $"The checkpoint has no value of the variable {variable.Name}. Save the model again, with all its variables.");
            TensorProto value = bundle.Read(key.Name, key.Slice);
            if (variable.Attr.TryGetValue("dtype", out AttrValue? type) && type.Type % 100 != value.Dtype)
                throw new ModelBuildException(DiagnosticCode.InvalidGraph, $"The variable {variable.Name} has another type in the "
                    + $"checkpoint ({key.Name}). The files do not belong together; copy the model again.");
            return value;
        }
    }

    /// <summary>Without a signature the outputs must be named; a lone file is not even a complete model.</summary>
    private static IReadOnlyList<string> RootsWithoutSignature(ImportOptions options, string path)
    {
        if (!Directory.Exists(VariablesFolder(path)))
            throw new ModelBuildException(DiagnosticCode.WrongFormat, "This is the graph of a SavedModel without signature and without "
                + $"its folder \"{ModelFiles.Variables}\": not a complete model. Copy the whole folder. {NoSignature}", path);
        if (options.Outputs.Count > 0) return options.Outputs;
        throw new ModelBuildException(DiagnosticCode.AmbiguousPorts, "The SavedModel has no signature that says what its inputs and "
            + $"outputs are. {NoSignature} Or name nodes with Outputs=\"...\".", path);
    }

    private static string VariablesFolder(string path) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, ModelFiles.Variables);
}
