using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Import.Functions;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Puts the nodes of functions in the place of their calls; branches and bodies of loops stay functions.</summary>
internal static class FunctionInlining
{
    // As many as an import takes; calls inside of each other multiply.
    private const int MostNodes = 1 << 18, DeepestCalls = 200;

    /// <summary>The nodes of a graph without calls.</summary>
    /// <param name="definition">The graph.</param>
    /// <param name="outputs">What is kept under its name even where a call gives it.</param>
    /// <exception cref="ModelBuildException">A function is missing, or calls do not end.</exception>
    public static IReadOnlyList<NodeDef> Run(GraphDef definition, IReadOnlyList<NodeInput> outputs)
    {
        FunctionLibrary library = new(definition.Library);
        IReadOnlyList<NodeDef> nodes = [.. definition.Node];
        for (int depth = 0; nodes.Any(node => Callee(node, library) is not null); depth++)
        {
            if (depth > DeepestCalls || nodes.Count > MostNodes)
                throw new ModelBuildException(DiagnosticCode.InvalidGraph,
                    $"Functions call each other without end, or give more than {MostNodes} nodes.");
            nodes = new Level(library, nodes).Run(outputs);
        }
        return nodes;
    }

    /// <summary>The function that a node calls, or null.</summary>
    private static NameAttrList? Callee(NodeDef node, FunctionLibrary library)
    {
        if (node.Op is "PartitionedCall" or "StatefulPartitionedCall")
            return node.Attr.TryGetValue("f", out AttrValue? value) ? value.Func : null;
        if (library.Find(node.Op) is null) return null;
        NameAttrList own = new() { Name = node.Op };
        own.Attr.Add(node.Attr);
        return own;
    }

    /// <summary>The calls that stand in the graph itself; those inside of them come next.</summary>
    private sealed class Level(FunctionLibrary library, IReadOnlyList<NodeDef> nodes)
    {
        private readonly HashSet<string> _names = [.. nodes.Select(node => node.Name)];
        private readonly Dictionary<NodeInput, string> _results = [];
        private readonly HashSet<string> _calls = new(StringComparer.Ordinal);
        private readonly List<NodeDef> _inlined = [];

        public IReadOnlyList<NodeDef> Run(IReadOnlyList<NodeInput> outputs)
        {
            foreach (NodeDef node in nodes)
            {
                if (Callee(node, library) is { } callee) Inline(node, callee);
                else _inlined.Add(node.Clone());
            }
            HashSet<string> kept = [.. outputs.Select(output => output.Node)];
            foreach (NodeDef node in nodes)
                if (kept.Contains(node.Name) && Callee(node, library) is { } callee) _inlined.Add(Results(node, callee));
            foreach (NodeDef node in _inlined)
            {
                string[] inputs = [.. node.Input.Select(Resolve).OfType<string>()];
                node.Input.Clear();
                node.Input.AddRange(inputs);
            }
            return _inlined;
        }

        private void Inline(NodeDef call, NameAttrList callee)
        {
            _calls.Add(call.Name);
            GraphFunction function = library.Read(callee.Name, callee.Attr);
            string[] arguments = [.. GraphParts.Data(call.Input)];
            if (arguments.Length < function.ArgumentCount)
                throw GraphIndex.Invalid($"Node {call.Name} gives {callee.Name} too few arguments.");
            Dictionary<string, string> renamed = new(StringComparer.Ordinal);
            List<NodeDef> body = GraphParts.Prune(function.Index.Nodes, function.Outputs.Select(output => output.Node));
            foreach (NodeDef node in body) renamed[node.Name] = Unique(Scope(call.Name) + node.Name);
            foreach (NodeDef node in body)
            {
                NodeDef copy = node.Clone();
                copy.Name = renamed[node.Name];
                copy.Input.Clear();
                copy.Input.AddRange(function.Index.Inputs(node).Select(Name));
                _inlined.Add(copy);
            }
            for (int i = 0; i < function.Outputs.Count; i++) _results[new NodeInput(call.Name, i)] = Name(function.Outputs[i]);

            string Name(NodeInput input) => function.Arguments.TryGetValue(input, out int argument)
                ? arguments[argument] : new NodeInput(renamed[input.Node], input.Output).ToString();
        }

        /// <summary>What names of inlined nodes begin with: that of the call, but for its last part where that says nothing.</summary>
        private static string Scope(string call)
        {
            int last = call.LastIndexOf('/') + 1;
            bool saysNothing = call[last..].TrimEnd("_0123456789".ToCharArray()) is "PartitionedCall" or "StatefulPartitionedCall";
            return saysNothing ? call[..last] : call + "/";
        }

        /// <summary>A node that has the name and the results of a call.</summary>
        private NodeDef Results(NodeDef call, NameAttrList callee)
        {
            string[] results = [.. Enumerable.Range(0, int.MaxValue).TakeWhile(i => _results.ContainsKey(new NodeInput(call.Name, i)))
                .Select(i => _results[new NodeInput(call.Name, i)])];
            IReadOnlyList<OpDef.Types.ArgDef> declared = library.Find(callee.Name)!.Signature.OutputArg;
            int[] types = [.. results.Select((_, i) => call.Attr.TryGetValue("Tout", out AttrValue? list) && i < list.List.Type.Count
                ? list.List.Type[i] : declared[i].Type)];
            if (results is [var only]) return GraphParts.Identity(call.Name, only, (Graph.DataType)types[0]);
            AttrValue all = new() { List = new AttrValue.Types.ListValue() };
            all.List.Type.AddRange(types);
            return GraphParts.Node(call.Name, "IdentityN", results, ("T", all));
        }

        /// <summary>Where an input comes from without calls; null for the mere order after one.</summary>
        private string? Resolve(string input)
        {
            if (input.StartsWith('^')) return _calls.Contains(input[1..]) ? null : input;
            // Results of one call may be arguments that a second one passes on.
            for (int i = 0; i <= _calls.Count; i++)
            {
                if (!_results.TryGetValue(NodeInput.Parse(input), out string? result)) return input;
                input = result;
            }
            throw GraphIndex.Invalid($"{input} depends on itself.");
        }

        private string Unique(string name)
        {
            if (_names.Add(name)) return name;
            for (int number = 1; ; number++)
                if (_names.Add($"{name}_{number}")) return $"{name}_{number}";
        }
    }
}
