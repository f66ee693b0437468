using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import;

/// <summary>From a GraphDef to a graph of our own operations.</summary>
internal static class GraphImporter
{
    private const int MostListed = 20;

    private static readonly HashSet<string> Variables = new(StringComparer.Ordinal)
    {
        "Variable", "VariableV2", "VarHandleOp", "ReadVariableOp", "AutoReloadVariable", "TemporaryVariable", "RestoreV2", "Restore", "ResourceGather",
        "HashTable", "HashTableV2", "MutableHashTableV2", "IteratorGetNext", "IteratorV2",
    };

    /// <summary>Reads and imports the file of a frozen graph.</summary>
    /// <exception cref="ModelBuildException">The file or the graph cannot be used; File is <paramref name="path"/>.</exception>
    public static ModelGraph Import(string path, ImportOptions options) => Import(GraphFile.Read(path), options, path);

    /// <summary>Imports a graph.</summary>
    /// <param name="definition">The graph as TensorFlow has it.</param>
    /// <param name="options">What the user says about its ends.</param>
    /// <param name="path">For messages.</param>
    public static ModelGraph Import(GraphDef definition, ImportOptions options, string path)
    {
        try
        {
            GraphIndex index = new(definition.Node);
            IReadOnlyList<NodeInput> outputs = GraphPorts.Outputs(index, options);
            HashSet<string> ends = GraphPorts.Inputs(index, options);
            IReadOnlyList<NodeDef> nodes = index.Sort(outputs.Select(output => output.Node), ends);
            RejectVariables(nodes);
            RejectUnsupported(nodes, ends);
            return Import(nodes, outputs, ends, options);
        }
        catch (ModelBuildException error) when (error.File is null)
        {
            throw new ModelBuildException(error.Code, error.Message, path, error);
        }
    }

    private static ModelGraph Import(IReadOnlyList<NodeDef> nodes, IReadOnlyList<NodeInput> outputs, HashSet<string> ends, ImportOptions options)
    {
        GraphBuilder builder = new();
        NodeImporter importer = new(builder);
        foreach (NodeDef node in nodes)
        {
            if (ends.Contains(node.Name)) importer[node.Name] = [GraphPorts.Input(node, builder, options)];
            else importer.Import(node);
        }
        return builder.Build(outputs.Select(importer.Find)) with { OutputNames = [.. outputs.Select(output => output.ToString())] };
    }

    private static void RejectVariables(IReadOnlyList<NodeDef> nodes)
    {
        string[] variables = [.. nodes.Where(node => Variables.Contains(node.Op)).Select(node => $"{node.Name} ({node.Op})")];
        if (variables.Length == 0) return;
        throw new ModelBuildException(DiagnosticCode.NotFrozen,
            $"The graph still has variables or other state, so its weights are not in this file: {List(variables)}. "
            + "Freeze it: convert_variables_to_constants_v2 (TensorFlow 2) or freeze_graph (TensorFlow 1) turns variables into constants.");
    }

    private static void RejectUnsupported(IReadOnlyList<NodeDef> nodes, HashSet<string> ends)
    {
        string[] unsupported = [.. nodes.Where(node => node.Op != "Const" && !ends.Contains(node.Name) && OperationTable.Find(node.Op) is null)
            .GroupBy(node => node.Op).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key} ({List([.. group.Select(Describe)])})")];
        if (unsupported.Length == 0) return;
        throw new ModelBuildException(DiagnosticCode.UnsupportedOperations,
            $"Operations that are not supported: {string.Join("; ", unsupported)}. "
            + "If they belong to training or pre- or post-processing, cut the graph there with Inputs or Outputs.");

        static string Describe(NodeDef node) => node.Input.Count == 0 ? node.Name : $"{node.Name}, fed by {node.Input[0]}";
    }

    private static string List(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostListed)) + (names.Count > MostListed ? $" and {names.Count - MostListed} more" : "");
}
