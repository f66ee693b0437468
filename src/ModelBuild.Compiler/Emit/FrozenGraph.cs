using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Import.Formats;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Emit;

/// <summary>A frozen graph cut down to what its outputs need, without calls and what does nothing at inference.</summary>
/// <param name="Nodes">Of its own, to be changed.</param>
/// <param name="Outputs">What it gives.</param>
/// <param name="Roots">Names of the outputs, and of inputs that are to stay.</param>
/// <param name="Library">Functions of branches and loops.</param>
/// <param name="Versions">Of the original, by which TensorFlow reads it.</param>
internal sealed record FrozenGraph(
    IReadOnlyList<NodeDef> Nodes, IReadOnlyList<NodeInput> Outputs, IReadOnlyList<string> Roots, FunctionDefLibrary? Library,
        VersionDef? Versions)
{
    // The numbers are checked, gradients stopped and shapes asserted while training only.
    private static readonly HashSet<string> Passing = new(StringComparer.Ordinal)
    {
        "Identity", "IdentityN", "StopGradient", "PreventGradient", "CheckNumerics", "Snapshot", "EnsureShape",
    };

    /// <summary>The inference part of a graph.</summary>
    /// <exception cref="Diagnostics.ModelBuildException">It cannot be told which nodes are the outputs, or the graph contradicts
    /// itself.</exception>
    public static FrozenGraph Of(GraphDef definition, ImportOptions options)
    {
        IReadOnlyList<NodeInput> outputs = GraphPorts.Outputs(new GraphIndex(definition.Node), options);
        IReadOnlyList<NodeDef> nodes = FunctionInlining.Run(definition, outputs);
        // What the user names stays, even where nothing reads it.
        string[] roots = [.. outputs.Select(output => output.Node), .. options.Inputs.Select(input => NodeInput.Parse(input).Node)];
        nodes = [.. nodes.Select(node => Cut(node.Clone(), options))];
        nodes = GraphParts.Prune(nodes, roots);
        nodes = GraphParts.HasControlFlow(nodes) ? nodes : GraphParts.Prune(WithoutPassing(nodes, outputs), roots);
        foreach (NodeDef node in nodes) Clean(node);
        return new FrozenGraph(nodes, outputs, roots, Reachable(nodes, definition.Library), definition.Versions);
    }

    /// <summary>The graph with other nodes, of those that the outputs need.</summary>
    public FrozenGraph With(IEnumerable<NodeDef> nodes) => this with { Nodes = GraphParts.Prune(nodes, Roots) };

    /// <summary>The graph in TensorFlow's form.</summary>
    public GraphDef ToDefinition()
    {
        GraphDef graph = GraphParts.Graph(Nodes);
        if (Versions is not null) graph.Versions = Versions;
        if (Library is not null) graph.Library = Library;
        return graph;
    }

    /// <summary>Where the user names an input inside the graph, it begins with a placeholder.</summary>
    private static NodeDef Cut(NodeDef node, ImportOptions options)
    {
        if (node.Op is "Placeholder" or "PlaceholderV2" || !options.Inputs.Contains(node.Name)) return node;
        int type = node.Attr.TryGetValue("dtype", out AttrValue? value) || node.Attr.TryGetValue("T", out value) ? value.Type
            : (int)DataType.Float32;
        TensorShapeProto shape = node.Attr.TryGetValue("shape", out AttrValue? given) && given.Shape is not null ? given.Shape
            : node.Attr.TryGetValue("_output_shapes", out AttrValue? shapes) && shapes.List?.Shape is [var first, ..] ? first
                : new TensorShapeProto { UnknownRank = true };
        return GraphParts.Placeholder(node.Name, (DataType)type, shape);
    }

    /// <summary>Lets readers of what merely passes its input on read that input.</summary>
    private static IReadOnlyList<NodeDef> WithoutPassing(IReadOnlyList<NodeDef> nodes, IReadOnlyList<NodeInput> outputs)
    {
        Dictionary<string, NodeDef> passing =
            nodes.Where(node => Passing.Contains(node.Op)).ToDictionary(node => node.Name, StringComparer.Ordinal);
        // TensorFlow 2 puts an Identity behind the one by which the user knows the output: all such names stay.
        foreach (NodeInput output in outputs)
            for (string? name = output.Node; name is not null && passing.Remove(name, out NodeDef? node);)
                name = node.Input.Count == 1 ? NodeInput.Parse(node.Input[0]).Node : null;
        foreach (NodeDef node in nodes)
            for (int i = 0; i < node.Input.Count; i++) node.Input[i] = Source(node.Input[i]);
        return nodes;

        string Source(string input)
        {
            NodeInput at = NodeInput.Parse(input);
            for (int steps = 0; steps <= passing.Count && passing.TryGetValue(at.Node, out NodeDef? node)
                && at.Output < node.Input.Count; steps++)
                at = NodeInput.Parse(node.Input[at.Output]);
            return at.ToString();
        }
    }

    /// <summary>Places and neighbours that need not be there any more, and shapes that may have changed.</summary>
    private static void Clean(NodeDef node)
    {
        node.Device = "";
        node.Attr.Remove("_class");
        if (node.Op != "Placeholder") node.Attr.Remove("_output_shapes");
    }

    private static FunctionDefLibrary? Reachable(IReadOnlyList<NodeDef> nodes, FunctionDefLibrary? library)
    {
        if (library is null) return null;
        Dictionary<string, FunctionDef> functions = new(StringComparer.Ordinal);
        foreach (FunctionDef function in library.Function) functions[function.Signature.Name] = function;
        HashSet<string> seen = new(StringComparer.Ordinal);
        Stack<IEnumerable<NodeDef>> open = new([nodes]);
        while (open.TryPop(out IEnumerable<NodeDef>? bodies))
            foreach (string name in bodies.SelectMany(Names))
                if (functions.TryGetValue(name, out FunctionDef? function) && seen.Add(name)) open.Push(function.NodeDef);
        if (seen.Count == 0) return null;
        FunctionDefLibrary reachable = new();
        reachable.Function.AddRange(library.Function.Where(function => seen.Contains(function.Signature.Name)));
        return reachable;

        static IEnumerable<string> Names(NodeDef node) =>
            [node.Op, .. node.Attr.Values.SelectMany(value => value.Func is { } one ? [one.Name]
                : value.List?.Func.Select(function => function.Name) ?? [])];
    }
}
