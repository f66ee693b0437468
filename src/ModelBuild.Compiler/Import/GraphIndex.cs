using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import;

/// <summary>The nodes of a graph by name, and what follows from their connections alone.</summary>
internal sealed class GraphIndex
{
    // Reads of loop variables close a cycle by design.
    private const string LoopBack = "NextIteration";

    private readonly Dictionary<string, NodeDef> _nodes = new(StringComparer.Ordinal);

    /// <exception cref="ModelBuildException">Two nodes have one name, or a node reads one that is not there.</exception>
    public GraphIndex(IEnumerable<NodeDef> nodes)
    {
        foreach (NodeDef node in nodes)
        {
            if (node.Name.Length == 0) throw Invalid($"A node of the operation {node.Op} has no name.");
            if (!_nodes.TryAdd(node.Name, node)) throw Invalid($"Two nodes are named {node.Name}.");
        }
        foreach (NodeDef node in _nodes.Values)
            foreach (NodeInput input in NodeInput.DataOf(node))
                if (!_nodes.ContainsKey(input.Node)) throw Invalid($"Node {node.Name} ({node.Op}) reads {input}, which the graph does not have.");
    }

    /// <summary>All nodes, in the order of the file.</summary>
    public IEnumerable<NodeDef> Nodes => _nodes.Values;

    /// <summary>The node of a name, or null.</summary>
    public NodeDef? Find(string name) => _nodes.GetValueOrDefault(name);

    /// <summary>Names of the nodes that some node reads as data.</summary>
    public HashSet<string> Read() => [.. _nodes.Values.SelectMany(NodeInput.DataOf).Select(input => input.Node)];

    /// <summary>The nodes that some names need, each after those it reads.</summary>
    /// <param name="names">Nodes that are wanted.</param>
    /// <param name="ends">Nodes whose own inputs do not count: the model's inputs.</param>
    /// <exception cref="ModelBuildException">Nodes read each other in a circle.</exception>
    public IReadOnlyList<NodeDef> Sort(IEnumerable<string> names, IReadOnlySet<string> ends)
    {
        List<NodeDef> sorted = [];
        HashSet<string> open = new(StringComparer.Ordinal), done = new(StringComparer.Ordinal);
        // A stack of our own: chains of nodes are longer than the thread's allows.
        Stack<(NodeDef Node, IEnumerator<string> Inputs)> path = new();
        foreach (string name in names)
        {
            Enter(name);
            while (path.TryPeek(out (NodeDef Node, IEnumerator<string> Inputs) top))
            {
                if (top.Inputs.MoveNext())
                {
                    Enter(top.Inputs.Current);
                    continue;
                }
                path.Pop();
                open.Remove(top.Node.Name);
                done.Add(top.Node.Name);
                sorted.Add(top.Node);
            }
        }
        return sorted;

        void Enter(string name)
        {
            if (done.Contains(name)) return;
            if (!open.Add(name)) throw Invalid($"The nodes {string.Join(" -> ", path.Select(entry => entry.Node.Name).Take(8))} read each other in a circle.");
            NodeDef node = _nodes[name];
            bool isEnd = ends.Contains(name) || node.Op == LoopBack;
            path.Push((node, (isEnd ? [] : NodeInput.DataOf(node).Select(input => input.Node)).GetEnumerator()));
        }
    }

    private static ModelBuildException Invalid(string message) =>
        new(DiagnosticCode.InvalidGraph, $"{message} The file is damaged, or was written by a tool that made a mistake; export the model again.");
}
