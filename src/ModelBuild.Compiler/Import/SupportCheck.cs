using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Import.Functions;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import;

/// <summary>Names everything that cannot be imported, once something that is needed cannot.</summary>
/// <param name="index">The graph.</param>
/// <param name="outputs">What is wanted of it.</param>
/// <param name="ends">Its inputs; what they are computed from does not count.</param>
/// <param name="functions">Its library.</param>
internal sealed class SupportCheck(GraphIndex index, IReadOnlyList<NodeInput> outputs, IReadOnlySet<string> ends, FunctionLibrary functions)
{
    private const int MostListed = 20;

    private static readonly HashSet<string> Variables = new(StringComparer.Ordinal)
    {
        "Variable", "VariableV2", "VarHandleOp", "ReadVariableOp", "AutoReloadVariable", "TemporaryVariable", "RestoreV2", "Restore",
        "ResourceGather",
        "HashTable", "HashTableV2", "MutableHashTableV2", "IteratorGetNext", "IteratorV2",
    };

    // What scopes take care of themselves.
    private static readonly HashSet<string> ControlFlow = new(StringComparer.Ordinal)
    {
        "Const", "Switch", "RefSwitch", "_SwitchN", "Merge", "RefMerge", "Enter", "RefEnter", "Exit", "RefExit", "NextIteration",
        "RefNextIteration",
    };

    /// <summary>The error for a node, with all others of its kind.</summary>
    public ModelBuildException Error(NodeDef node)
    {
        NodeDef[] missing = [.. Reachable().Append(node).Where(other => !IsSupported(other)).DistinctBy(other => (other.Op, other.Name))];
        NodeDef[] variables = [.. missing.Where(other => Variables.Contains(other.Op))];
        if (variables.Length > 0)
        {
            string names = List([.. variables.Select(variable => $"{variable.Name} ({variable.Op})")]);
            return new ModelBuildException(DiagnosticCode.NotFrozen,
                $"The graph still has variables or other state, so its weights are not in this file: {names}. Freeze it: "
                + "convert_variables_to_constants_v2 (TensorFlow 2) or freeze_graph (TensorFlow 1) turns variables into constants.");
        }
        string[] operations = [.. missing.GroupBy(other => other.Op).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key} ({List([.. group.Select(Describe)])})")];
        return new ModelBuildException(DiagnosticCode.UnsupportedOperations,
            $"Operations that are not supported: {List(operations)}. "
            + "If they belong to training or pre- or post-processing, cut the graph there with Inputs or Outputs.");
    }

    private bool IsSupported(NodeDef node) => OperationTable.Find(node.Op) is not null || ControlFlow.Contains(node.Op)
        || functions.Find(node.Op) is not null;

    /// <summary>The nodes that the outputs are computed from, and those of the functions that these call.</summary>
    private IEnumerable<NodeDef> Reachable()
    {
        HashSet<string> called = new(StringComparer.Ordinal);
        Queue<string> calls = new();
        NodeDef[] nodes = [.. index.Walk(outputs, output => ends.Contains(output.Node)).Select(output => output.Node).Distinct()
            .Where(name => !ends.Contains(name)).Select(name => index.Find(name)).OfType<NodeDef>()];
        foreach (NodeDef node in nodes)
        {
            Call(node);
            yield return node;
        }
        while (calls.TryDequeue(out string? name))
        {
            foreach (NodeDef node in functions.Find(name)?.NodeDef ?? [])
            {
                Call(node);
                yield return node;
            }
        }

        void Call(NodeDef node)
        {
            IEnumerable<string> attributes = node.Attr.Values.SelectMany(value => value.ValueCase switch
            {
                AttrValue.ValueOneofCase.Func => [value.Func.Name],
                AttrValue.ValueOneofCase.List => value.List.Func.Select(function => function.Name),
                _ => [],
            });
            foreach (string function in attributes.Append(node.Op))
                if (called.Add(function)) calls.Enqueue(function);
        }
    }

    private static string Describe(NodeDef node) => node.Input.Count == 0 ? node.Name : $"{node.Name}, fed by {node.Input[0]}";

    private static string List(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostListed)) + (names.Count > MostListed ? $" and {names.Count - MostListed} more" : "");
}
