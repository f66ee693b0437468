using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>The nodes of a graph or function while handles of variables are replaced by values.</summary>
/// <param name="trace">Finds the variables.</param>
/// <param name="isFunction">Inputs name the output of a node ("node:output:0"), whereas in a graph they number it.</param>
internal sealed class FrozenNodes(VariableTrace trace, bool isFunction)
{
    // The only output of operations that take the place of others, whose outputs may be named otherwise.
    private const string Output = "output";

    private readonly HashSet<string> _replaced = new(StringComparer.Ordinal);

    public VariableTrace Trace => trace;

    public List<NodeDef> Nodes { get; } = [];

    /// <summary>Names of variables that are read.</summary>
    public HashSet<string> Read { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of variables that are written.</summary>
    public HashSet<string> Written { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds the constant that a variable became.</summary>
    public void AddConstant(NodeDef constant)
    {
        Nodes.Add(constant);
        _replaced.Add(constant.Name);
    }

    /// <summary>Adds a node, changed where it reads variables.</summary>
    /// <param name="original">The node, which is left as it is.</param>
    /// <param name="freezeCalls">Changes the functions that a node calls.</param>
    public void Add(NodeDef original, Action<NodeDef> freezeCalls)
    {
        NodeDef node = original.Clone();
        Variable?[] variables = [.. GraphParts.Data(node.Input).Select(trace.Find)];
        freezeCalls(node);
        if (variables.FirstOrDefault(variable => variable is not null) is not { } first)
        {
            Nodes.Add(node);
            return;
        }
        node.Attr.Remove("_output_shapes");
        switch (node.Op)
        {
            case "ReadVariableOp":
                Read.Add(first.Name);
                Replace(node, "Identity", ("T", GraphParts.Type(first.Type)));
                break;
            case "ResourceGather":
                Read.Add(first.Name);
                AddGather(node, first);
                break;
            case "ResourceGatherNd":
                Read.Add(first.Name);
                Replace(node, "GatherNd", ("Tparams", GraphParts.Type(first.Type)), ("Tindices", Attribute(node, "Tindices")));
                break;
            case "VariableShape":
                Replace(node, "Shape", ("T", GraphParts.Type(first.Type)), ("out_type", Attribute(node, "out_type")));
                break;
            case "VarIsInitializedOp":
                AddConstant(GraphParts.Constant(node.Name,
                    new TensorProto { Dtype = (int)DataType.Bool, TensorShape = new TensorShapeProto(), BoolVal = { true } }));
                break;
            case "Identity" or "Enter" or "RefEnter" or "Exit" or "RefExit" or "Switch" or "RefSwitch" or "Merge" or "RefMerge"
                or "NextIteration" or "StopGradient":
                node.Attr["T"] = GraphParts.Type(first.Type);
                Nodes.Add(node);
                break;
            case var operation when operation.StartsWith("Assign", StringComparison.Ordinal)
                || operation.StartsWith("Resource", StringComparison.Ordinal):
                // It has no result; whether it matters depends on who reads the variable.
                Written.Add(first.Name);
                break;
            default:
                SetTypes(node, variables);
                Nodes.Add(node);
                break;
        }
    }

    /// <summary>Lets readers inside a function name the outputs of replaced nodes as these have them.</summary>
    public void RenameOutputs()
    {
        foreach (NodeDef node in Nodes)
            for (int i = 0; i < node.Input.Count; i++) node.Input[i] = Renamed(node.Input[i]);
    }

    /// <summary>An input with the name of the output that it has now.</summary>
    public string Renamed(string input) =>
        input.Split(':') is [var node, _, var index] && _replaced.Contains(node) ? $"{node}:{Output}:{index}" : input;

    private void Replace(NodeDef node, string operation, params ReadOnlySpan<(string, AttrValue)> attributes)
    {
        Nodes.Add(GraphParts.Node(node.Name, operation, node.Input, attributes));
        _replaced.Add(node.Name);
    }

    private void AddGather(NodeDef node, Variable variable)
    {
        long batch = node.Attr.GetValueOrDefault("batch_dims")?.I ?? 0;
        NodeDef axis = GraphParts.Constant($"{node.Name}/axis",
            new TensorProto { Dtype = (int)DataType.Int32, TensorShape = new TensorShapeProto(), IntVal = { (int)batch } });
        Nodes.Add(axis);
        node.Input.Add(isFunction ? $"{axis.Name}:{Output}:0" : axis.Name);
        Replace(node, "GatherV2", ("Tparams", GraphParts.Type(variable.Type)), ("Tindices", Attribute(node, "Tindices")),
            ("Taxis", GraphParts.Type(DataType.Int32)), ("batch_dims", GraphParts.Integer(batch)));
    }

    /// <summary>Types of arguments and loop variables that a call lists.</summary>
    private static void SetTypes(NodeDef node, Variable?[] variables)
    {
        int first = node.Op is "If" or "StatelessIf" or "Case" or "StatelessCase" ? 1 : 0;
        foreach (string name in (ReadOnlySpan<string>)["T", "Tin"])
        {
            if (node.Attr.GetValueOrDefault(name)?.List?.Type is not { } types) continue;
            for (int i = first; i < variables.Length; i++)
                if (variables[i] is { } variable && i - first < types.Count) types[i - first] = variable.Type;
        }
        if (node.Op is not ("While" or "StatelessWhile") || node.Attr.GetValueOrDefault("output_shapes")?.List?.Shape is not { } shapes)
            return;
        for (int i = 0; i < Math.Min(variables.Length, shapes.Count); i++)
            if (variables[i] is { } variable) shapes[i] = variable.Shape;
    }

    private static AttrValue Attribute(NodeDef node, string name) => node.Attr.GetValueOrDefault(name) ?? GraphParts.Type(DataType.Int32);
}
