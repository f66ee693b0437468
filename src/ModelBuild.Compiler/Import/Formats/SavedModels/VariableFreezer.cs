using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>
/// Turns the variables of a graph into constants. Functions that got a handle of one get its value instead: their arguments
/// change type, and reading becomes passing on. So the structure of calls, branches and loops stays.
/// </summary>
internal sealed class VariableFreezer
{
    private const int DeepestCalls = 200; // models reach about ten; each level takes some of the thread's stack

    private readonly Dictionary<string, FunctionDef> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FrozenFunction?> _frozen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly FunctionDefLibrary _library = new();
    private readonly Func<NodeDef, TensorProto> _valueOf;
    private int _depth;

    private VariableFreezer(GraphDef graph, Func<NodeDef, TensorProto> valueOf)
    {
        _valueOf = valueOf;
        foreach (FunctionDef function in graph.Library?.Function ?? []) _functions[function.Signature.Name] = function;
    }

    /// <summary>A function after freezing, and which of its arguments are variables that it reads and writes.</summary>
    private sealed record FrozenFunction(string Name, IReadOnlySet<int> Read, IReadOnlySet<int> Written);

    /// <summary>The graph of the nodes that some need, without variables.</summary>
    /// <param name="graph">Any graph.</param>
    /// <param name="roots">Names of the needed nodes.</param>
    /// <param name="valueOf">Gives the value of a variable's node.</param>
    /// <exception cref="ModelBuildException">A variable changes while the graph runs, or a function is missing or calls itself.</exception>
    public static GraphDef Run(GraphDef graph, IEnumerable<string> roots, Func<NodeDef, TensorProto> valueOf)
    {
        VariableFreezer freezer = new(graph, valueOf);
        FrozenNodes frozen = freezer.Freeze(GraphParts.Prune(graph.Node, roots), null);
        GraphDef result = GraphParts.Graph(frozen.Nodes);
        if (graph.Versions is not null) result.Versions = graph.Versions;
        if (freezer._library.Function.Count > 0) result.Library = freezer._library;
        return result;
    }

    /// <param name="nodes">Nodes of the graph, or of a function.</param>
    /// <param name="arguments">Arguments of the function that are variables; null for the graph.</param>
    private FrozenNodes Freeze(IReadOnlyList<NodeDef> nodes, IReadOnlyDictionary<string, Variable>? arguments)
    {
        Dictionary<string, Variable> variables = new(arguments ?? new Dictionary<string, Variable>(), StringComparer.Ordinal);
        Dictionary<string, NodeDef> constants = new(StringComparer.Ordinal);
        foreach (NodeDef node in nodes)
        {
            if (!Variable.IsHandle(node) && !Variable.IsReference(node)) continue;
            TensorProto value = _valueOf(node);
            constants[node.Name] = GraphParts.Constant(node.Name, value);
            // One that is read by its name has its value's type already.
            if (Variable.IsHandle(node)) variables[node.Name] = new Variable(node.Name, value.Dtype, value.TensorShape);
        }
        FrozenNodes frozen = new(new VariableTrace(nodes, variables), arguments is not null);
        foreach (NodeDef node in nodes)
        {
            if (constants.TryGetValue(node.Name, out NodeDef? constant)) frozen.AddConstant(constant);
            else frozen.Add(node, call => FreezeCalls(call, frozen));
        }
        if (frozen.Read.FirstOrDefault(frozen.Written.Contains) is { } state) throw KeepsState(state);
        frozen.RenameOutputs();
        return frozen;
    }

    /// <summary>Makes a node call the frozen forms of its functions.</summary>
    private void FreezeCalls(NodeDef node, FrozenNodes caller)
    {
        // The condition of a branch is no argument of the branches.
        int first = node.Op is "If" or "StatelessIf" or "Case" or "StatelessCase" ? 1 : 0;
        Variable?[] arguments = [.. GraphParts.Data(node.Input).Skip(first).Select(caller.Trace.Find)];
        if (_functions.ContainsKey(node.Op)) node.Op = Call(node.Op);
        foreach (AttrValue attribute in node.Attr.Values)
        {
            if (attribute.Func is { } single && _functions.ContainsKey(single.Name)) single.Name = Call(single.Name);
            foreach (NameAttrList several in attribute.List?.Func ?? [])
                if (_functions.ContainsKey(several.Name)) several.Name = Call(several.Name);
        }

        string Call(string name)
        {
            FrozenFunction function = Function(name, arguments);
            foreach (int index in function.Read) caller.Read.Add(arguments[index]!.Name);
            foreach (int index in function.Written) caller.Written.Add(arguments[index]!.Name);
            return function.Name;
        }
    }

    private FrozenFunction Function(string name, Variable?[] arguments)
    {
        IEnumerable<string> types = arguments.Select(variable => variable is null ? "" : $"{variable.Type} {variable.Shape}");
        string key = $"{name}({string.Join(", ", types)})";
        if (_frozen.TryGetValue(key, out FrozenFunction? known))
            return known ?? throw new ModelBuildException(DiagnosticCode.UnsupportedOperations,
                $"The function {name} calls itself, which cannot be compiled. Export the model without recursion.");
        if (++_depth > DeepestCalls) throw new ModelBuildException(DiagnosticCode.UnsupportedOperations, "Functions call each other more "
            + $"than {DeepestCalls} deep, at last {name}.");
        _frozen[key] = null;
        FunctionDef function = _functions[name];
        string frozenName = name;
        for (int number = 2; !_names.Add(frozenName) || number > 2 && _functions.ContainsKey(frozenName); number++)
            frozenName = $"{name}_{number}";

        Dictionary<string, Variable> variables = new(StringComparer.Ordinal);
        FunctionDef frozen = new() { Signature = new OpDef { Name = frozenName } };
        for (int i = 0; i < function.Signature.InputArg.Count; i++)
        {
            OpDef.Types.ArgDef argument = function.Signature.InputArg[i];
            if (i >= arguments.Length || arguments[i] is not { } variable)
            {
                frozen.Signature.InputArg.Add(argument);
                continue;
            }
            frozen.Signature.InputArg.Add(new OpDef.Types.ArgDef { Name = argument.Name, Type = variable.Type });
            variables[argument.Name] = variable with { Name = argument.Name };
        }
        // What has effects only is not needed by the results, but tells whether variables change.
        FrozenNodes all = Freeze(GraphParts.Prune(function.NodeDef, function.NodeDef.Select(node => node.Name)), variables);
        frozen.Ret.Add(function.Ret.ToDictionary(pair => pair.Key, pair => all.Renamed(pair.Value)));
        frozen.Attr.Add(function.Attr);
        frozen.NodeDef.AddRange(GraphParts.Prune(all.Nodes, frozen.Ret.Values.Select(GraphParts.NodeOf)));
        AddOutputs(function, frozen, all);
        _library.Function.Add(frozen);
        _depth--;
        string[] names = [.. function.Signature.InputArg.Select(argument => argument.Name)];
        return _frozen[key] = new FrozenFunction(frozenName, Indices(names, all.Read), Indices(names, all.Written));
    }

    /// <summary>A loop's body hands its variables on, of which the values now have their own types.</summary>
    private static void AddOutputs(FunctionDef function, FunctionDef frozen, FrozenNodes nodes)
    {
        foreach (OpDef.Types.ArgDef output in function.Signature.OutputArg)
        {
            Variable? variable = function.Ret.TryGetValue(output.Name, out string? source) ? nodes.Trace.Find(source) : null;
            frozen.Signature.OutputArg.Add(variable is null ? output : new OpDef.Types.ArgDef { Name = output.Name, Type = variable.Type });
        }
    }

    private static HashSet<int> Indices(string[] arguments, HashSet<string> names) =>
        [.. Enumerable.Range(0, arguments.Length).Where(i => names.Contains(arguments[i]))];

    private static ModelBuildException KeepsState(string variable) => new(DiagnosticCode.NotFrozen,
        $"The model keeps state between calls: it reads the variable {variable} and writes it, too. "
        + "Export it without (training=False, stateful=False), with the state as an input and an output.");
}
