using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// Makes a new graph from an old one, node by node. A rule sees a node with its inputs already in the new graph and either
/// gives the values that take the place of its outputs, or null to keep it. What nothing needs any more disappears.
/// </summary>
internal sealed class GraphRewriter
{
    /// <summary>Gives the new values of a node's outputs, or null to keep the node.</summary>
    /// <param name="node">A node of the old graph.</param>
    /// <param name="inputs">Its inputs in the new graph.</param>
    /// <param name="rewriter">To look around and to add nodes.</param>
    public delegate IReadOnlyList<Value>? Rule(Node node, IReadOnlyList<Value> inputs, GraphRewriter rewriter);

    private readonly Dictionary<Value, Value> _new = [];
    private readonly Dictionary<Value, int> _uses = [];
    private readonly Dictionary<Value, Node> _producers = [];

    private GraphRewriter(ModelGraph graph)
    {
        foreach (Value value in graph.Nodes.SelectMany(node => node.Inputs).Concat(graph.Outputs)) _uses[value] = _uses.GetValueOrDefault(value) + 1;
    }

    /// <summary>The new graph.</summary>
    public GraphBuilder Builder { get; } = new();

    /// <summary>Applies a rule to every node once, in order.</summary>
    public static ModelGraph Run(ModelGraph graph, Rule rule)
    {
        GraphRewriter rewriter = new(graph);
        foreach (Value input in graph.Inputs) rewriter.Builder.Keep(input);
        foreach (Node node in graph.Nodes) rewriter.Apply(node, rule);
        return rewriter.Builder.Build(graph.Outputs.Select(rewriter.Map)) with { OutputNames = graph.OutputNames };
    }

    /// <summary>The old value is read exactly once, so that its node may be changed for its reader's sake.</summary>
    public bool IsReadOnce(Value old) => _uses.GetValueOrDefault(old) == 1;

    /// <summary>The node of the new graph that computes a new value, or null for inputs and constants.</summary>
    public Node? Producer(Value value) => _producers.GetValueOrDefault(value);

    /// <summary>The new node that computes an input of an old node, if it is of the operation and nothing else reads it.</summary>
    public Node? OnlyProducer<TOperation>(Node node, int input, IReadOnlyList<Value> inputs) where TOperation : Operation =>
        IsReadOnce(node.Inputs[input]) && Producer(inputs[input]) is { Operation: TOperation } producer ? producer : null;

    /// <summary>Adds a node with one output to the new graph.</summary>
    public Value Add(string name, Operation operation, params IReadOnlyList<Value> inputs)
    {
        Value value = Builder.Add(name, operation, inputs);
        if (value.Constant is null) _producers[value] = Builder.Nodes[^1];
        return value;
    }

    private Value Map(Value old) => _new.GetValueOrDefault(old, old);

    private void Apply(Node node, Rule rule)
    {
        IReadOnlyList<Value> inputs = [.. node.Inputs.Select(Map)];
        IReadOnlyList<Value>? values = rule(node, inputs, this);
        if (values is null && inputs.SequenceEqual(node.Inputs))
        {
            Builder.Keep(node);
            foreach (Value output in node.Outputs) _producers[output] = node;
            return;
        }
        values ??= AddAgain(node, inputs);
        for (int i = 0; i < values.Count; i++) _new[node.Outputs[i]] = values[i];
    }

    private IReadOnlyList<Value> AddAgain(Node node, IReadOnlyList<Value> inputs)
    {
        int before = Builder.Nodes.Count;
        IReadOnlyList<Value> values = Builder.AddAll(node.Name, node.Operation, inputs);
        if (Builder.Nodes.Count > before)
            foreach (Value value in values) _producers[value] = Builder.Nodes[^1];
        return values;
    }
}
