using System.Text;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Where in the checkpoint the value of a variable's node is.</summary>
/// <param name="Name">Key of the tensor.</param>
/// <param name="Slice">Which part of it, or empty; see <see cref="SliceKey"/>.</param>
internal readonly record struct VariableKey(string Name, string Slice = "");

/// <summary>
/// Finds out which value of the checkpoint each variable has. The graph says it itself: it holds the nodes that TensorFlow runs
/// to restore it (RestoreV2 by names, then an assignment). Where they are missing, the object graph says it, or the name does.
/// </summary>
internal sealed class VariableKeys
{
    private const string ObjectGraphKey = "_CHECKPOINTABLE_OBJECT_GRAPH", ValueAttribute = "VARIABLE_VALUE";
    private const int LongestPassing = 16; // identities between the reading and the assignment; one is usual

    private readonly TensorBundle _bundle;
    private readonly Dictionary<string, VariableKey> _byNode = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VariableKey> _bySharedName = new(StringComparer.Ordinal);

    public VariableKeys(MetaGraphDef model, TensorBundle bundle)
    {
        _bundle = bundle;
        AddObjects(model.ObjectGraphDef);
        AddRestored(model.GraphDef);
    }

    /// <summary>The name by which variables of several graphs are one.</summary>
    public static string SharedName(NodeDef variable) =>
        variable.Attr.TryGetValue("shared_name", out AttrValue? value) && value.S.Length > 0 ? value.S.ToStringUtf8() : variable.Name;

    /// <summary>The key of a variable's node, or null where nothing tells it.</summary>
    public VariableKey? Find(NodeDef variable)
    {
        if (_byNode.TryGetValue(variable.Name, out VariableKey key)) return key;
        string name = SharedName(variable);
        if (_bySharedName.TryGetValue(name, out key)) return key;
        return _bundle.Contains(name) ? new VariableKey(name) : _bundle.Contains(variable.Name) ? new VariableKey(variable.Name) : null;
    }

    /// <summary>The variables of TensorFlow 2: both graphs of objects are walked from the root along equal names.</summary>
    private void AddObjects(SavedObjectGraph? saved)
    {
        if (saved is null || saved.Nodes.Count == 0 || !_bundle.Contains(ObjectGraphKey)) return;
        TrackableObjectGraph tracked = TrackableObjectGraph.Parser.ParseFrom(_bundle.ReadText(ObjectGraphKey));
        if (tracked.Nodes.Count == 0) return;
        HashSet<(int, int)> seen = [(0, 0)];
        Queue<(int Saved, int Tracked)> open = new(seen);
        while (open.TryDequeue(out (int Saved, int Tracked) pair))
        {
            SavedObject here = saved.Nodes[pair.Saved];
            TrackableObjectGraph.Types.TrackableObject there = tracked.Nodes[pair.Tracked];
            if (here.Variable is { } variable
                && there.Attributes.FirstOrDefault(attribute => attribute.Name == ValueAttribute) is { } value)
                _bySharedName.TryAdd(variable.Name, new VariableKey(value.CheckpointKey));
            foreach (ObjectReference child in here.Children)
            {
                if (there.Children.FirstOrDefault(other => other.LocalName == child.LocalName) is not { } match) continue;
                if ((uint)child.NodeId >= (uint)saved.Nodes.Count || (uint)match.NodeId >= (uint)tracked.Nodes.Count) continue;
                if (seen.Add((child.NodeId, match.NodeId))) open.Enqueue((child.NodeId, match.NodeId));
            }
        }
    }

    /// <summary>
    /// What is restored in the graph itself (TensorFlow 1), and in functions that get the variables as arguments (TensorFlow 2).
    /// </summary>
    private void AddRestored(GraphDef graph)
    {
        Dictionary<string, NodeDef> nodes = Index(graph.Node);
        AddRestored(nodes, resource => resource);
        Dictionary<string, FunctionDef> functions = new(StringComparer.Ordinal);
        foreach (FunctionDef function in graph.Library?.Function ?? [])
            if (function.NodeDef.Any(node => node.Op == "RestoreV2")) functions[function.Signature.Name] = function;
        foreach (NodeDef call in graph.Node)
        {
            if (!call.Attr.TryGetValue("f", out AttrValue? callee) || callee.Func is null
                || !functions.TryGetValue(callee.Func.Name, out FunctionDef? function)) continue;
            Dictionary<string, string> arguments = new(StringComparer.Ordinal);
            foreach ((OpDef.Types.ArgDef argument, string input) in function.Signature.InputArg.Zip(GraphParts.Data(call.Input)))
                arguments[argument.Name] = GraphParts.NodeOf(input);
            AddRestored(Index(function.NodeDef), arguments.GetValueOrDefault);
        }
        foreach (NodeDef variable in graph.Node)
            if (_byNode.TryGetValue(variable.Name, out VariableKey key)) _bySharedName[SharedName(variable)] = key;
    }

    private void AddRestored(Dictionary<string, NodeDef> nodes, Func<string, string?> variableOf)
    {
        foreach (NodeDef assign in nodes.Values)
        {
            if (assign.Op is not ("Assign" or "AssignVariableOp") || assign.Input.Count < 2) continue;
            string source = assign.Input[1];
            NodeDef? producer = nodes.GetValueOrDefault(GraphParts.NodeOf(source));
            for (int i = 0; i < LongestPassing && producer is { Op: "Identity", Input.Count: > 0 }; i++)
            {
                source = producer.Input[0];
                producer = nodes.GetValueOrDefault(GraphParts.NodeOf(source));
            }
            if (producer is not { Op: "RestoreV2", Input.Count: >= 3 }
                || variableOf(GraphParts.NodeOf(assign.Input[0])) is not { } variable) continue;
            string colonNumber = source[(source.LastIndexOf(':') + 1)..];
            int index = int.TryParse(colonNumber, out int number) ? number : 0;
            string[] names = Texts(nodes, producer.Input[1]), slices = Texts(nodes, producer.Input[2]);
            if (index < names.Length) _byNode[variable] = new VariableKey(names[index], index < slices.Length ? slices[index] : "");
        }
    }

    private static string[] Texts(Dictionary<string, NodeDef> nodes, string input)
    {
        if (nodes.GetValueOrDefault(GraphParts.NodeOf(input)) is not { Op: "Const" } constant) return [];
        Tensor tensor = TensorReader.Read(new Attributes(constant).Tensor("value"));
        return tensor.Type != DataType.String ? [] : [.. tensor.Elements<byte[]>().ToArray().Select(Encoding.UTF8.GetString)];
    }

    private static Dictionary<string, NodeDef> Index(IEnumerable<NodeDef> nodes)
    {
        Dictionary<string, NodeDef> index = new(StringComparer.Ordinal);
        foreach (NodeDef node in nodes) index[node.Name] = node;
        return index;
    }
}
