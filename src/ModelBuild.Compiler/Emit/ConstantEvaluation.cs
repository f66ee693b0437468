using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Import.Formats;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Emit;

/// <summary>Computes what depends on constants only, as parameters of batch normalisation that are combined in the graph.</summary>
internal static class ConstantEvaluation
{
    // Results may be as large as this without having been: what fills and tiles make is better left to the reader.
    private const int SmallResult = 1 << 12;

    public static FrozenGraph Run(FrozenGraph graph)
    {
        if (GraphParts.HasControlFlow(graph.Nodes)) return graph;
        HashSet<string> constant = Constant(graph.Nodes);
        HashSet<string> given = [.. graph.Nodes.Where(node => node.Op == "Const").Select(node => node.Name)];
        HashSet<NodeInput> ends =
            [.. graph.Nodes.Where(node => !constant.Contains(node.Name)).SelectMany(NodeInput.DataOf).Where(IsComputed)];
        ends.UnionWith(graph.Outputs.Where(IsComputed));
        if (ends.Count == 0) return graph;
        Dictionary<NodeInput, NodeDef> folded = Evaluate(graph, [.. ends.OrderBy(end => end.ToString(), StringComparer.Ordinal)]);
        if (folded.Count == 0) return graph;

        NodeDef[] nodes = [.. graph.Nodes.Where(node => !folded.ContainsKey(new NodeInput(node.Name, 0))), .. folded.Values];
        foreach (NodeDef node in nodes)
            for (int i = 0; i < node.Input.Count; i++)
                if (!node.Input[i].StartsWith('^') && folded.TryGetValue(NodeInput.Parse(node.Input[i]), out NodeDef? value))
                    node.Input[i] = value.Name;
        return graph.With(nodes);

        bool IsComputed(NodeInput input) => constant.Contains(input.Node) && !given.Contains(input.Node);
    }

    /// <summary>Names of constants and of what reads nothing else.</summary>
    private static HashSet<string> Constant(IReadOnlyList<NodeDef> nodes)
    {
        HashSet<string> constant = [.. nodes.Where(node => node.Op == "Const").Select(node => node.Name)];
        List<NodeDef> open = [.. nodes.Where(node => node.Op != "Const" && node.Input.Count > 0)];
        while (open.RemoveAll(node => NodeInput.DataOf(node).All(input => constant.Contains(input.Node)) && constant.Add(node.Name)) > 0)
        {
        }
        return constant;
    }

    /// <summary>The values that the import finds to be constant; none where it does not know an operation.</summary>
    private static Dictionary<NodeInput, NodeDef> Evaluate(FrozenGraph graph, IReadOnlyList<NodeInput> ends)
    {
        Dictionary<NodeInput, NodeDef> folded = [];
        long most = graph.Nodes.Where(node => node.Op == "Const").Sum(node => (long)node.CalculateSize());
        try
        {
            ModelGraph values = GraphImporter.Import(graph.ToDefinition(),
                new ImportOptions { Outputs = [.. ends.Select(end => end.ToString())] }, "");
            foreach ((NodeInput end, Value value) in ends.Zip(values.Outputs))
            {
                if (value.Constant is not { } tensor || tensor.Count > Math.Max(SmallResult, most / sizeof(float))
                    || TensorWriter.Write(tensor) is not { } proto) continue;
                // The first result keeps the node's name; others get one.
                folded[end] = GraphParts.Constant(end.Output == 0 ? end.Node : $"{end.Node}/output_{end.Output}", proto);
            }
        }
        catch (ModelBuildException)
        {
            return [];
        }
        return folded;
    }
}
