using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Functions;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Compiler.Passes;

namespace ModelBuild.Compiler.Import;

/// <summary>
/// Inputs that the user puts in the middle of a graph: nodes that are not computed, with the types and shapes that they would have.
/// These follow from what comes before as far as it can be imported, else from the nodes' attributes.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="functions">Its library.</param>
/// <param name="options">What the user says.</param>
/// <param name="decoded">Takes the place of decoders of files; null where the graph decodes them.</param>
internal sealed class CutInputs(GraphFunction graph, FunctionLibrary functions, ImportOptions options, DecodedInputs? decoded)
{
    /// <summary>The outputs of a node that something reads, as inputs of the graph.</summary>
    public IReadOnlyList<Value> Add(NodeDef node, GraphBuilder builder)
    {
        int count = 1 + graph.Index.Outputs(node.Name).Concat(graph.Outputs.Where(output => output.Node == node.Name))
            .Select(output => output.Output).DefaultIfEmpty().Max();
        IReadOnlyList<Value>? inferred = Infer(node, count);
        Value[] outputs = [.. Enumerable.Repeat(Scope.Never, count)];
        for (int i = 0; i < count; i++)
        {
            NodeInput output = new(node.Name, i);
            if (i > 0 && !graph.Index.IsRead(output) && !graph.Outputs.Contains(output)) continue;
            (DataType type, Shape shape) = inferred is not null && i < inferred.Count
                ? (inferred[i].Type, inferred[i].Shape) : GraphPorts.Declared(node, i);
            outputs[i] = decoded is not null && DecodedInputs.IsDecoder(node)
                ? decoded.Add(output.ToString(), type, shape)
                : builder.Input(output.ToString(), type, options.InputShape(output.ToString(), shape));
        }
        return outputs;
    }

    /// <summary>What the node would give; null if that cannot be told.</summary>
    private IReadOnlyList<Value>? Infer(NodeDef node, int count)
    {
        HashSet<string> placeholders = GraphPorts.Inputs(graph.Index, new ImportOptions());
        GraphFunction upstream = graph with { Outputs = [.. Enumerable.Range(0, count).Select(i => new NodeInput(node.Name, i))] };
        ImportSession session = new(functions, options.MostRounds, new SupportCheck(graph.Index, upstream.Outputs, placeholders, functions));
        GraphBuilder builder = new(FoldingBudget.ForPasses());
        Scope scope = new(session, builder, upstream, Placeholder);
        try
        {
            return DecodedInputs.IsDecoder(node) ? NodeImporter.Import(scope, node, Files) : scope.Run(Enumerable.Range(0, count));
        }
        catch (ModelBuildException)
        {
            // The user cuts off what cannot be imported.
            return null;
        }

        IReadOnlyList<Value>? Placeholder(NodeDef other) => placeholders.Contains(other.Name) ? [GraphPorts.Placeholder(other, builder, new ImportOptions())] : null;
    }

    /// <summary>What decoders read: a file, and where a part is cut out its window.</summary>
    private static IReadOnlyList<Value> Files =>
        [new Value("file", DataType.String, Shape.Scalar), new Value("window", DataType.Int32, Shape.Of(4))];
}
