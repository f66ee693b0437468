using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Emit;

/// <summary>The nodes of a graph by name, and which nodes read each.</summary>
internal sealed class NodeReaders
{
    private readonly Dictionary<string, NodeDef> _nodes;
    private readonly Dictionary<string, List<(NodeDef Reader, int Input)>> _readers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _outputs;

    public NodeReaders(FrozenGraph graph)
    {
        _nodes = graph.Nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
        _outputs = [.. graph.Outputs.Select(output => output.Node)];
        foreach (NodeDef node in graph.Nodes)
            for (int i = 0; i < node.Input.Count; i++)
            {
                string name = node.Input[i].StartsWith('^') ? node.Input[i][1..] : NodeInput.Parse(node.Input[i]).Node;
                if (!_readers.TryGetValue(name, out List<(NodeDef, int)>? readers)) _readers[name] = readers = [];
                readers.Add((node, i));
            }
    }

    /// <summary>The node of a name, or null.</summary>
    public NodeDef? Find(string name) => _nodes.GetValueOrDefault(name);

    /// <summary>The node that an input of a node names, if it names the first output.</summary>
    public NodeDef? Source(NodeDef node, int input) =>
        input < node.Input.Count && !node.Input[input].StartsWith('^') && NodeInput.Parse(node.Input[input]) is { Output: 0 } source
            ? Find(source.Node) : null;

    /// <summary>All places where outputs of a node are read.</summary>
    public IReadOnlyList<(NodeDef Reader, int Input)> Of(string node) => _readers.GetValueOrDefault(node) ?? [];

    /// <summary>The graph gives the node's result.</summary>
    public bool IsOutput(string node) => _outputs.Contains(node);

    /// <summary>
    /// The only reader of a node, which reads its first output and nothing else of it; null where there are more or none.
    /// </summary>
    public (NodeDef Reader, int Input)? Only(NodeDef node) =>
        !IsOutput(node.Name) && Of(node.Name) is [var only] && only.Reader.Input[only.Input] == node.Name ? only : null;
}
