using System.Collections.Immutable;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Functions;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Compiler.Passes;

namespace ModelBuild.Compiler.Import;

/// <summary>From a GraphDef to a graph of our own operations.</summary>
internal static class GraphImporter
{
    /// <summary>Reads and imports a model of any known format.</summary>
    /// <exception cref="ModelBuildException">The file or the graph cannot be used; File is <paramref name="path"/>.</exception>
    public static ModelGraph Import(string path, ImportOptions options) => Import(GraphFile.Read(path, options), options, path);

    /// <summary>Imports a graph.</summary>
    /// <param name="definition">The graph as TensorFlow has it.</param>
    /// <param name="options">What the user says about its ends.</param>
    /// <param name="path">For messages.</param>
    public static ModelGraph Import(GraphDef definition, ImportOptions options, string path)
    {
        try
        {
            GraphIndex index = new(definition.Node);
            FunctionLibrary functions = new(definition.Library);
            IReadOnlyList<NodeInput> outputs = GraphPorts.Outputs(index, options);
            HashSet<string> ends = GraphPorts.Inputs(index, options);
            GraphBuilder builder = new(FoldingBudget.ForFile(definition.CalculateSize()));
            DecodedInputs? decoded = options.DecodedShape is { } shape ? new DecodedInputs(index, builder, shape) : null;
            ImportSession session = new(functions, options.MostRounds, new SupportCheck(index, outputs, ends, functions), decoded);
            GraphFunction graph = new("the graph", index, new Dictionary<NodeInput, int>(), 0, outputs);
            ModelGraph imported = Import(session, builder, graph, ends, options);
            return imported with { OutputNames = [.. OutputNames.Of(index, outputs)], Inputs = Inputs(imported, decoded) };
        }
        catch (ModelBuildException error) when (error.File is null)
        {
            throw new ModelBuildException(error.Code, error.Message, path, error);
        }
    }

    private static ModelGraph Import(
        ImportSession session, GraphBuilder builder, GraphFunction graph, HashSet<string> ends, ImportOptions options)
    {
        CutInputs cut = new(graph, session.Functions, options, session.Decoded);
        Scope scope = new(session, builder, graph, Input);
        IReadOnlyList<Value> outputs = scope.Run(Enumerable.Range(0, graph.Outputs.Count));
        return builder.Build(outputs);

        IReadOnlyList<Value>? Input(NodeDef node)
        {
            if (!ends.Contains(node.Name)) return null;
            return GraphPorts.IsPlaceholder(node) ? [GraphPorts.Placeholder(node, builder, options)] : cut.Add(node, builder);
        }
    }

    /// <summary>Without the files that nothing decodes any more, and without what turned out not to be needed of them.</summary>
    private static ImmutableArray<Value> Inputs(ModelGraph graph, DecodedInputs? decoded)
    {
        if (decoded is null) return graph.Inputs;
        HashSet<Value> read = [.. graph.Nodes.SelectMany(node => node.Inputs), .. graph.Outputs];
        return [.. graph.Inputs.Where(input => read.Contains(input) || (input.Type != DataType.String && !decoded.Contains(input)))];
    }
}
