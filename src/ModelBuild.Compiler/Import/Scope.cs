using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.ControlFlow;
using ModelBuild.Compiler.Import.Functions;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import;

/// <summary>
/// Imports a graph or function for given arguments: on demand from its outputs backwards, so that branches which a constant
/// rules out are never looked at.
/// </summary>
internal sealed class Scope
{
    // Calls and control flow inside of each other; each level takes some of the thread's stack.
    private const int MostNested = 64;

    private readonly GraphFunction _function;
    private readonly Func<NodeDef, IReadOnlyList<Value>?> _input;
    private readonly Naming _naming;
    private readonly int _depth;
    private readonly Dictionary<NodeInput, Value> _arguments = [];
    private readonly Dictionary<string, IReadOnlyList<Value>> _values = new(StringComparer.Ordinal);
    private readonly HashSet<NodeInput> _outputs;

    /// <summary>The whole graph.</summary>
    /// <param name="session">What all scopes share.</param>
    /// <param name="builder">Gets what the nodes become.</param>
    /// <param name="function">The graph, of no arguments.</param>
    /// <param name="input">Gives the outputs of a node that is an input of the model, null for others.</param>
    public Scope(ImportSession session, GraphBuilder builder, GraphFunction function, Func<NodeDef, IReadOnlyList<Value>?> input)
        : this(session, builder, function, input, Naming.Same, 0) { }

    private Scope(
        ImportSession session, GraphBuilder builder, GraphFunction function, Func<NodeDef, IReadOnlyList<Value>?> input, Naming naming, int depth)
    {
        (Session, Builder, _function, _input, _naming, _depth) = (session, builder, function, input, naming, depth);
        if (depth > MostNested)
            throw new ModelBuildException(DiagnosticCode.InvalidGraph,
                $"more than {MostNested} functions, loops or conditionals lie inside of each other, or {function.Name} calls itself, "
                + "which cannot be compiled.");
        _outputs = [.. function.Outputs];
    }

    public ImportSession Session { get; }

    public GraphBuilder Builder { get; }

    public GraphIndex Index => _function.Index;

    /// <summary>What a value is called that is not computed, since nothing reads it or a constant rules it out.</summary>
    public static Value Never { get; } = new("never computed", DataType.Variant, Shape.UnknownRank);

    /// <summary>The name that a node gets in the graph.</summary>
    public string Name(string node) => _naming.Of(node);

    /// <summary>Something reads this output of a node.</summary>
    public bool IsRead(NodeInput output) => Index.IsRead(output) || _outputs.Contains(output);

    /// <summary>Which of a node's outputs something reads.</summary>
    public int[] Read(string node, int count) => [.. Enumerable.Range(0, count).Where(output => IsRead(new NodeInput(node, output)))];

    /// <summary>Imports a function in place of a call.</summary>
    /// <param name="function">The function.</param>
    /// <param name="arguments">Its arguments, values of this graph.</param>
    /// <param name="naming">How its nodes are named.</param>
    /// <param name="wanted">Which outputs to compute; the others are <see cref="Never"/>.</param>
    public IReadOnlyList<Value> Inline(GraphFunction function, IReadOnlyList<Value> arguments, Naming naming, IEnumerable<int> wanted) =>
        Nested(Builder, function, arguments, naming).Run(wanted);

    /// <summary>Imports a function into a graph of its own.</summary>
    /// <param name="builder">Of that graph.</param>
    /// <param name="function">The function.</param>
    /// <param name="arguments">Its arguments, constants or inputs of that graph.</param>
    /// <param name="wanted">Which outputs to compute.</param>
    public IReadOnlyList<Value> Separate(
        GraphBuilder builder, GraphFunction function, IReadOnlyList<Value> arguments, IEnumerable<int> wanted) =>
        Nested(builder, function, arguments, Naming.Same).Run(wanted);

    /// <summary>Imports what outputs need.</summary>
    /// <returns>All outputs, those not wanted as <see cref="Never"/>.</returns>
    public IReadOnlyList<Value> Run(IEnumerable<int> wanted)
    {
        Value[] outputs = [.. Enumerable.Repeat(Never, _function.Outputs.Count)];
        foreach (int output in wanted)
        {
            Need(_function.Outputs[output]);
            outputs[output] = Find(_function.Outputs[output]);
        }
        return outputs;
    }

    /// <summary>A value that has been imported.</summary>
    /// <exception cref="ModelBuildException">It does not exist, or is never computed.</exception>
    public Value Find(NodeInput output)
    {
        if (!_arguments.TryGetValue(output, out Value? value))
        {
            if (!_values.TryGetValue(output.Node, out IReadOnlyList<Value>? outputs) || output.Output >= outputs.Count)
                throw new ModelBuildException(DiagnosticCode.InvalidGraph, $"{output} does not exist.");
            value = outputs[output.Output];
        }
        if (ReferenceEquals(value, Never))
            throw new ModelBuildException(DiagnosticCode.InvalidGraph,
                $"{output} is never computed: it lies in a branch that is not taken.");
        return value;
    }

    /// <summary>Gives a node its outputs.</summary>
    public void Set(string node, IReadOnlyList<Value> outputs) => _values[node] = outputs;

    private Scope Nested(GraphBuilder builder, GraphFunction function, IReadOnlyList<Value> arguments, Naming naming)
    {
        if (arguments.Count != function.ArgumentCount)
            throw new ModelBuildException(DiagnosticCode.InvalidGraph,
                $"{function.Name} takes {function.ArgumentCount} arguments, but gets {arguments.Count}.");
        Scope scope = new(Session, builder, function, static _ => null, naming, _depth + 1);
        foreach ((NodeInput argument, int number) in function.Arguments) scope._arguments[argument] = arguments[number];
        return scope;
    }

    private void Need(NodeInput output)
    {
        NodePath path = new();
        Enter(output);
        while (path.Top is { } top)
        {
            if (NodeImporter.Guard(top.Node, top.Needs.MoveNext))
            {
                Enter(top.Needs.Current);
                continue;
            }
            path.Leave();
            if (_values.ContainsKey(top.Node.Name)) continue;
            Session.Count();
            _values[top.Node.Name] = NodeImporter.Guard(top.Node, () => Import(top.Node));
        }

        void Enter(NodeInput next)
        {
            if (_arguments.ContainsKey(next) || _values.ContainsKey(next.Node)) return;
            NodeDef node = Index.Find(next.Node) ?? throw new ModelBuildException(DiagnosticCode.InvalidGraph, $"{next} does not exist.");
            if (NodeImporter.Guard(node, () => _input(node)) is { } inputs) _values[node.Name] = inputs;
            else path.Enter(node, Needs(node));
        }
    }

    /// <summary>What has to be imported before a node, which may depend on the values before.</summary>
    private IEnumerable<NodeInput> Needs(NodeDef node) => node.Op switch
    {
        "Switch" or "RefSwitch" or "_SwitchN" => SwitchImport.Needs(this, node),
        "Merge" or "RefMerge" => MergeImport.Needs(this, node),
        "Exit" or "RefExit" => ExitImport.Needs(this, node),
        "Enter" or "RefEnter" or "NextIteration" or "RefNextIteration" => [],
        _ => Index.Inputs(node),
    };

    private IReadOnlyList<Value> Import(NodeDef node) => node.Op switch
    {
        "Switch" or "RefSwitch" or "_SwitchN" => SwitchImport.Import(this, node),
        "Merge" or "RefMerge" => MergeImport.Import(this, node),
        "Exit" or "RefExit" => ExitImport.Import(this, node),
        "Enter" or "RefEnter" or "NextIteration" or "RefNextIteration" =>
            throw new ModelBuildException(DiagnosticCode.InvalidGraph, "it is read outside of its loop."),
        _ => NodeImporter.Import(this, node),
    };
}
