using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import;

/// <summary>Finds the inputs and outputs of a graph, which a GraphDef does not name.</summary>
internal static class GraphPorts
{
    // More ends than this are no model's outputs but what a training graph leaves.
    private const int MostOutputs = 32;

    private static readonly HashSet<string> Placeholders =
        new(StringComparer.Ordinal) { "Placeholder", "PlaceholderV2", "PlaceholderWithDefault" };

    // What nobody reads, and is no result.
    private static readonly HashSet<string> NoResults = new(StringComparer.Ordinal)
    {
        "NoOp", "Const", "Assert", "Placeholder", "PlaceholderV2", "PlaceholderWithDefault", "Print", "PrintV2", "SaveV2", "ScalarSummary",
        "HistogramSummary", "MergeSummary", "ImageSummary", "WriteFile", "Assign", "AssignVariableOp",
    };

    // Of these only a graph that is nothing but a loop or condition has a result.
    private static readonly HashSet<string> ControlFlow = new(StringComparer.Ordinal)
    {
        "Exit", "RefExit", "Merge", "RefMerge", "Switch", "RefSwitch", "_SwitchN", "LoopCond",
    };

    /// <summary>The outputs that the options name, or what no node reads.</summary>
    public static IReadOnlyList<NodeInput> Outputs(GraphIndex index, ImportOptions options)
    {
        if (options.Outputs.Count > 0) return [.. options.Outputs.Select(name => Named(index, name, "Outputs"))];
        HashSet<string> read = index.Read();
        NodeDef[] unread = [.. index.Nodes.Where(node => !read.Contains(node.Name) && !NoResults.Contains(node.Op))];
        string[] results = [.. Likely(index, unread).Select(node => node.Name)];
        if (results.Length is > 0 and <= MostOutputs) return [.. results.Select(name => new NodeInput(name, 0))];
        string last = string.Join(", ", index.Nodes.Where(node => !NoResults.Contains(node.Op)).TakeLast(5).Select(node => node.Name));
        throw new ModelBuildException(DiagnosticCode.AmbiguousPorts, results.Length == 0
            ? $"No node looks like an output: each is read by another. Name the outputs with Outputs=\"...\"; the last nodes are {last}."
            : $"{results.Length} nodes are read by no other, among them {string.Join(", ", results.Take(5))}. "
                + "Name the outputs with Outputs=\"...\".");
    }

    /// <summary>Without the ends of loops and conditions that only order other nodes, unless there is nothing else.</summary>
    private static IReadOnlyList<NodeDef> Likely(GraphIndex index, IReadOnlyList<NodeDef> unread)
    {
        if (unread.Count <= 1) return unread;
        HashSet<string> awaited = [.. index.Nodes.SelectMany(GraphIndex.Awaited).Select(input => input.Node)];
        NodeDef[] likely = [.. unread.Where(node => !ControlFlow.Contains(node.Op) && !awaited.Contains(node.Name))];
        return likely.Length > 0 ? likely : unread;
    }

    /// <summary>Names of the nodes that are inputs: those that the options name, and all placeholders without default.</summary>
    public static HashSet<string> Inputs(GraphIndex index, ImportOptions options)
    {
        HashSet<string> ends = [.. options.Inputs.Select(name => Named(index, name, "Inputs").Node)];
        ends.UnionWith(index.Nodes.Where(node => node.Op is "Placeholder" or "PlaceholderV2").Select(node => node.Name));
        return ends;
    }

    /// <summary>The node is fed by the caller, or may be.</summary>
    public static bool IsPlaceholder(NodeDef node) => Placeholders.Contains(node.Op);

    /// <summary>The input that a placeholder becomes.</summary>
    public static Value Placeholder(NodeDef node, GraphBuilder builder, ImportOptions options)
    {
        if (IsLearningPhase(node, new Attributes(node)) && !options.Inputs.Contains(node.Name))
            return GraphBuilder.Constant(node.Name, new Tensor(DataType.Bool, Shape.Scalar, new[] { false }));
        (DataType type, Shape shape) = Declared(node, 0);
        return builder.Input(node.Name, type, options.InputShape(node.Name, shape));
    }

    /// <summary>Type and shape of a node's output, as far as its attributes tell.</summary>
    public static (DataType Type, Shape Shape) Declared(NodeDef node, int output)
    {
        Attributes attributes = new(node);
        DataType type = attributes.Type("dtype", attributes.Type("T", DataType.Float32));
        Shape? listed = attributes.ShapeList("_output_shapes").ElementAtOrDefault(output);
        Shape shape = attributes.Shape("shape") ?? listed ?? Shape.UnknownRank;
        // TensorFlow 1 writes a placeholder without shape like one of a scalar.
        if (node.Op == "Placeholder" && shape.Equals(Shape.Scalar) && listed is not null) shape = listed;
        return (type, shape);
    }

    /// <summary>Whether Keras trains, which TensorFlow 1 asks of the caller.</summary>
    private static bool IsLearningPhase(NodeDef node, Attributes attributes) =>
        node.Name.EndsWith("keras_learning_phase", StringComparison.Ordinal) && attributes.Type("dtype", DataType.Float32) == DataType.Bool;

    private static NodeInput Named(GraphIndex index, string name, string option)
    {
        NodeInput port = NodeInput.Parse(name);
        if (index.Find(port.Node) is not null) return port;
        string[] near = [.. index.Nodes.Where(node => node.Name.Contains(port.Node, StringComparison.OrdinalIgnoreCase))
            .Select(node => node.Name).Take(5)];
        string[] placeholders = [.. index.Nodes.Where(node => Placeholders.Contains(node.Op)).Select(node => node.Name).Take(5)];
        string hint = near.Length > 0
            ? $"Similar names: {string.Join(", ", near)}."
            : $"The placeholders are {string.Join(", ", placeholders)}; "
                + $"the last nodes {string.Join(", ", index.Nodes.TakeLast(3).Select(node => node.Name))}.";
        throw new ModelBuildException(DiagnosticCode.AmbiguousPorts, $"{option} names {name}, which the graph does not have. {hint}");
    }
}
