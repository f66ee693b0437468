using Google.Protobuf;
using Google.Protobuf.Collections;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Pieces of graph definitions: nodes and attributes as TensorFlow writes them.</summary>
internal static class GraphParts
{
    // The version of graphs that TensorFlow 2.15 writes, and the oldest reader that understands what is written here.
    private const int Producer = 1645, OldestReader = 12;

    private static readonly HashSet<string> ControlFlow = new(StringComparer.Ordinal)
    {
        "Switch", "RefSwitch", "_SwitchN", "Merge", "RefMerge", "Enter", "RefEnter", "Exit", "RefExit", "NextIteration", "RefNextIteration",
        "LoopCond",
    };

    /// <summary>A graph of the nodes.</summary>
    public static GraphDef Graph(IEnumerable<NodeDef> nodes)
    {
        GraphDef graph = new() { Versions = new VersionDef { Producer = Producer, MinConsumer = OldestReader } };
        graph.Node.AddRange(nodes);
        return graph;
    }

    public static NodeDef Node(string name, string operation, IEnumerable<string> inputs,
        params ReadOnlySpan<(string Name, AttrValue Value)> attributes)
    {
        NodeDef node = new() { Name = name, Op = operation };
        node.Input.AddRange(inputs);
        foreach ((string key, AttrValue value) in attributes) node.Attr[key] = value;
        return node;
    }

    public static NodeDef Constant(string name, TensorProto tensor) =>
        Node(name, "Const", [], ("dtype", Type(tensor.Dtype)), ("value", new AttrValue { Tensor = tensor }));

    public static NodeDef Placeholder(string name, DataType type, TensorShapeProto shape) =>
        Node(name, "Placeholder", [], ("dtype", Type(type)), ("shape", new AttrValue { Shape = shape }));

    public static NodeDef Identity(string name, string input, DataType type) => Node(name, "Identity", [input], ("T", Type(type)));

    public static AttrValue Type(DataType type) => Type((int)type);

    public static AttrValue Type(int type) => new() { Type = type };

    public static AttrValue Integer(long value) => new() { I = value };

    public static AttrValue Number(float value) => new() { F = value };

    public static AttrValue Flag(bool value) => new() { B = value };

    public static AttrValue Text(string value) => new() { S = ByteString.CopyFromUtf8(value) };

    public static AttrValue Integers(params IEnumerable<int> values)
    {
        AttrValue value = new() { List = new AttrValue.Types.ListValue() };
        value.List.I.AddRange(values.Select(i => (long)i));
        return value;
    }

    /// <summary>A shape; -1 for an unknown dimension.</summary>
    public static TensorShapeProto Shape(params IEnumerable<int> dimensions)
    {
        TensorShapeProto shape = new();
        shape.Dim.AddRange(dimensions.Select(size => new TensorShapeProto.Types.Dim { Size = size }));
        return shape;
    }

    /// <summary>
    /// The graph branches or loops by TensorFlow 1's means, where mere order ("^name") tells to which branch or loop a node belongs.
    /// </summary>
    public static bool HasControlFlow(IEnumerable<NodeDef> nodes) => nodes.Any(node => ControlFlow.Contains(node.Op));

    /// <summary>
    /// The nodes that some names need, in the order given. Mere order is dropped, since nothing here has effects, unless it tells more.
    /// </summary>
    public static List<NodeDef> Prune(IEnumerable<NodeDef> nodes, IEnumerable<string> roots)
    {
        List<NodeDef> all = [.. nodes];
        bool ordered = HasControlFlow(all);
        Dictionary<string, NodeDef> byName = new(StringComparer.Ordinal);
        foreach (NodeDef node in all) byName[node.Name] = node;
        HashSet<string> needed = new(StringComparer.Ordinal);
        Stack<string> open = new(roots);
        while (open.TryPop(out string? name))
            if (needed.Add(name) && byName.TryGetValue(name, out NodeDef? node))
                foreach (string input in ordered ? node.Input : Data(node.Input)) open.Push(NodeOf(input.TrimStart('^')));
        return [.. all.Where(node => needed.Contains(node.Name)).Select(node => ordered ? node : WithoutOrder(node))];
    }

    /// <summary>The inputs that carry data.</summary>
    public static IEnumerable<string> Data(RepeatedField<string> inputs) => inputs.Where(input => !input.StartsWith('^'));

    /// <summary>"node" of "node", "node:1" or, in functions, "node:output:1".</summary>
    public static string NodeOf(string input) => input.IndexOf(':') is var colon and > 0 ? input[..colon] : input;

    /// <summary>A name with what TensorFlow allows in those of nodes.</summary>
    public static string NodeName(string text)
    {
        string name = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '/' or '-' or '>' ? c : '_'));
        return name.Length > 0 && (char.IsAsciiLetterOrDigit(name[0]) || name[0] == '.') ? name : "n" + name;
    }

    private static NodeDef WithoutOrder(NodeDef node)
    {
        if (!node.Input.Any(input => input.StartsWith('^'))) return node;
        NodeDef copy = node.Clone();
        copy.Input.Clear();
        copy.Input.AddRange(Data(node.Input));
        return copy;
    }
}
