using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Import.ControlFlow;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import;

/// <summary>The nodes of a graph or function by name, and what follows from their connections alone.</summary>
internal sealed class GraphIndex
{
    // What a loop variable is after a round; its inputs close a circle by design.
    private const string LoopBack = "NextIteration", ReferenceLoopBack = "RefNextIteration";

    // Identities in a row that are looked through; what is behind more of them only counts as something else.
    private const int MostIdentities = 64;

    private readonly Dictionary<string, (NodeDef Node, NodeInput[] Inputs)> _nodes = new(StringComparer.Ordinal);
    private readonly Lazy<HashSet<NodeInput>> _read;
    private readonly Lazy<LoweredLoops> _loops;
    private readonly Lazy<LoweredConditionals> _conditionals;

    /// <param name="nodes">The nodes.</param>
    /// <param name="arguments">Names that nodes may read without being nodes: a function's arguments.</param>
    /// <exception cref="ModelBuildException">Two nodes have one name, or a node reads one that is not there.</exception>
    public GraphIndex(IEnumerable<NodeDef> nodes, IReadOnlySet<string>? arguments = null)
    {
        foreach (NodeDef node in nodes)
        {
            if (node.Name.Length == 0) throw Invalid($"A node of the operation {node.Op} has no name.");
            if (!_nodes.TryAdd(node.Name, (node, [.. NodeInput.DataOf(node)]))) throw Invalid($"Two nodes are named {node.Name}.");
        }
        foreach ((NodeDef node, NodeInput[] inputs) in _nodes.Values)
            foreach (NodeInput input in inputs)
                if (!_nodes.ContainsKey(input.Node) && arguments?.Contains(input.Node) != true)
                    throw Invalid($"Node {node.Name} ({node.Op}) reads {input}, which the graph does not have.");
        _read = new(() => [.. _nodes.Values.SelectMany(entry => entry.Inputs)]);
        _loops = new(() => new LoweredLoops(this));
        _conditionals = new(() => new LoweredConditionals(this));
    }

    /// <summary>All nodes, in the order of the file.</summary>
    public IEnumerable<NodeDef> Nodes => _nodes.Values.Select(entry => entry.Node);

    /// <summary>The loops that are written as Enter, Merge, Switch, NextIteration and Exit.</summary>
    public LoweredLoops Loops => _loops.Value;

    /// <summary>The conditionals that are written as Switch and Merge.</summary>
    public LoweredConditionals Conditionals => _conditionals.Value;

    /// <summary>The node of a name, or null.</summary>
    public NodeDef? Find(string name) => _nodes.TryGetValue(name, out (NodeDef Node, NodeInput[] Inputs) entry) ? entry.Node : null;

    /// <summary>What a node reads as data, in order.</summary>
    public IReadOnlyList<NodeInput> Inputs(NodeDef node) => _nodes[node.Name].Inputs;

    /// <summary>Some node reads this output.</summary>
    public bool IsRead(NodeInput output) => _read.Value.Contains(output);

    /// <summary>The outputs of a node that some node reads.</summary>
    public IEnumerable<NodeInput> Outputs(string node) => _read.Value.Where(output => output.Node == node);

    /// <summary>Names of the nodes that some node reads as data.</summary>
    public HashSet<string> Read() => [.. _read.Value.Select(input => input.Node)];

    /// <summary>The output that some output merely passes on.</summary>
    /// <param name="output">Where to begin.</param>
    /// <param name="stops">Outputs that count as origins, whatever they pass on.</param>
    public NodeInput Origin(NodeInput output, Func<NodeInput, bool>? stops = null)
    {
        // A circle of identities has no origin; whoever evaluates it finds out.
        for (int steps = 0; steps < MostIdentities && stops?.Invoke(output) != true; steps++)
        {
            if (Find(output.Node) is not { Op: "Identity" or "RefIdentity" } node || Inputs(node) is not [{ } only]) break;
            output = only;
        }
        return output;
    }

    /// <summary>Everything that some outputs are computed from, them included, in no certain order.</summary>
    /// <param name="outputs">Where to begin.</param>
    /// <param name="stops">Outputs that count themselves, but not what they are computed from.</param>
    /// <param name="seen">Where earlier walks have been, which is not gone through again.</param>
    public IEnumerable<NodeInput> Walk(IEnumerable<NodeInput> outputs, Func<NodeInput, bool> stops, HashSet<NodeInput>? seen = null)
    {
        seen ??= [];
        Stack<NodeInput> open = new(outputs);
        while (open.TryPop(out NodeInput output))
        {
            if (!seen.Add(output)) continue;
            yield return output;
            if (stops(output) || !_nodes.TryGetValue(output.Node, out (NodeDef Node, NodeInput[] Inputs) entry)) continue;
            foreach (NodeInput input in entry.Inputs) open.Push(input);
        }
    }

    /// <summary>All nodes, each after those that it reads or waits for; loops are cut where a round ends.</summary>
    /// <exception cref="ModelBuildException">Nodes read each other in a circle.</exception>
    public IReadOnlyList<NodeDef> Sort()
    {
        List<NodeDef> sorted = [];
        HashSet<string> done = new(StringComparer.Ordinal);
        // A stack of our own: chains of nodes are longer than the thread's allows.
        NodePath path = new();
        foreach (string name in _nodes.Keys)
        {
            Enter(name);
            while (path.Top is { } top)
            {
                if (top.Needs.MoveNext())
                {
                    Enter(top.Needs.Current.Node);
                    continue;
                }
                path.Leave();
                done.Add(top.Node.Name);
                sorted.Add(top.Node);
            }
        }
        return sorted;

        void Enter(string name)
        {
            if (!done.Contains(name) && _nodes.TryGetValue(name, out (NodeDef Node, NodeInput[] Inputs) entry))
                path.Enter(entry.Node, entry.Node.Op is LoopBack or ReferenceLoopBack ? [] : [.. entry.Inputs, .. Awaited(entry.Node)]);
        }
    }

    /// <summary>The nodes that a node waits for without reading them.</summary>
    public static IEnumerable<NodeInput> Awaited(NodeDef node) =>
        node.Input.Where(input => input.StartsWith('^')).Select(input => new NodeInput(input[1..], 0));

    /// <summary>The error for a graph that contradicts itself.</summary>
    public static ModelBuildException Invalid(string message) =>
        new(DiagnosticCode.InvalidGraph,
            $"{message} The file is damaged, or was written by a tool that made a mistake; export the model again.");
}
