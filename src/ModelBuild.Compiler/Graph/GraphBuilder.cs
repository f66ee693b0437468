using System.Collections.Immutable;
using System.Globalization;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Passes;

namespace ModelBuild.Compiler.Graph;

/// <summary>
/// Makes a graph, node by node in topological order. Whatever does not depend on an input is computed at once, so that shape
/// arithmetic is known to the inference of the nodes after it.
/// </summary>
/// <param name="budget">What folding may cost; null for what passes may.</param>
internal sealed class GraphBuilder(FoldingBudget? budget = null)
{
    private readonly List<Value> _inputs = [];
    private readonly List<Node> _nodes = [];

    // The number that the last node of a name got.
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);

    /// <summary>The nodes so far.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>What folding may still cost.</summary>
    public FoldingBudget Budget { get; } = budget ?? FoldingBudget.ForPasses();

    /// <summary>Adds an input of the graph.</summary>
    public Value Input(string name, DataType type, Shape shape)
    {
        Value input = new(Unique(name), type, shape);
        _inputs.Add(input);
        return input;
    }

    /// <summary>Takes over an input of another graph.</summary>
    public void Keep(Value input)
    {
        _names.TryAdd(input.Name, 1);
        _inputs.Add(input);
    }

    /// <summary>Takes over a node whose inputs are values of this graph.</summary>
    public void Keep(Node node)
    {
        _names.TryAdd(node.Name, 1);
        _nodes.Add(node);
    }

    /// <summary>A constant; only named, since constants are no nodes.</summary>
    public static Value Constant(string name, Tensor tensor) => Value.Of(name, tensor);

    /// <summary>Adds a node with one output.</summary>
    public Value Add(string name, Operation operation, params IReadOnlyList<Value> inputs) => AddAll(name, operation, inputs) is [var only]
        ? only : throw new InvalidOperationException($"{operation} has several outputs.");

    /// <summary>Adds a node, or computes it where all inputs are constants.</summary>
    /// <returns>Its outputs.</returns>
    /// <exception cref="ModelBuildException">The inputs do not fit the operation; the message names the node.</exception>
    public IReadOnlyList<Value> AddAll(string name, Operation operation, IReadOnlyList<Value> inputs)
    {
        try
        {
            IReadOnlyList<(DataType Type, Shape Shape)> inferred = operation.Infer(inputs);
            if (ConstantFolding.TryFold(name, operation, inputs, inferred, Budget) is { } constants) return constants;
            IReadOnlyList<IReadOnlyList<long?>?> known = PartialFolding.Known(operation, inputs, inferred);
            if (PartialFolding.TryFold(name, inferred, known) is { } integers) return integers;
            string unique = Unique(name);
            ImmutableArray<Value> outputs = [.. inferred.Select((output, i) =>
                new Value(i == 0 ? unique : $"{unique}:{i}", output.Type, output.Shape, null, known[i]))];
            _nodes.Add(new Node(unique, operation, [.. inputs], outputs));
            return [.. outputs.Select(PartialFolding.Fold)];
        }
        catch (ModelBuildException error) when (error.File is null && !error.Message.StartsWith("Node ", StringComparison.Ordinal))
        {
            throw new ModelBuildException(error.Code, $"Node {name} ({operation.GetType().Name}): {error.Message}", null, error);
        }
        catch (OverflowException error)
        {
            throw new ModelBuildException(DiagnosticCode.InvalidGraph, $"Node {name} ({operation.GetType().Name}): its result has more elements than fit in memory.", null, error);
        }
    }

    /// <summary>The graph of these outputs; nodes that none of them needs are left out.</summary>
    public ModelGraph Build(IEnumerable<Value> outputs)
    {
        ImmutableArray<Value> results = [.. outputs];
        HashSet<Value> needed = [.. results];
        List<Node> nodes = [];
        for (int i = _nodes.Count - 1; i >= 0; i--)
        {
            Node node = _nodes[i];
            if (!node.Outputs.Any(needed.Contains)) continue;
            needed.UnionWith(node.Inputs);
            nodes.Add(node);
        }
        nodes.Reverse();
        return new ModelGraph([.. _inputs], [.. nodes], results);
    }

    private string Unique(string name)
    {
        if (_names.TryAdd(name, 1)) return name;
        while (true)
        {
            string numbered = string.Create(CultureInfo.InvariantCulture, $"{name}_{++_names[name]}");
            if (_names.TryAdd(numbered, 1)) return numbered;
        }
    }
}
