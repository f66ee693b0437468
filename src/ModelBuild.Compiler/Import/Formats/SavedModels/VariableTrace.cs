using System.Globalization;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Follows inputs of a graph's or function's nodes back to the variables that they are handles of.</summary>
/// <param name="nodes">All nodes.</param>
/// <param name="variables">The variables, by the names of nodes and arguments.</param>
internal sealed class VariableTrace(IEnumerable<NodeDef> nodes, IReadOnlyDictionary<string, Variable> variables)
{
    private readonly Dictionary<string, NodeDef> _nodes = nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, Variable?> _found = new(StringComparer.Ordinal);

    /// <summary>The variable that an input is a handle of, or null for other values.</summary>
    public Variable? Find(string input)
    {
        List<string> passed = [];
        Variable? variable = null;
        for (string? at = input; at is not null; at = Before(at))
        {
            if (_found.TryGetValue(at, out variable) || variables.TryGetValue(GraphParts.NodeOf(at), out variable)) break;
            passed.Add(at);
            _found[at] = null; // where a loop comes back to it, nothing is found on this way
        }
        foreach (string at in passed) _found[at] = variable;
        return variable;
    }

    /// <summary>What a node that only hands on gets for one of its outputs.</summary>
    private string? Before(string input)
    {
        if (_nodes.GetValueOrDefault(GraphParts.NodeOf(input)) is not { } node) return null;
        int index = node.Op switch
        {
            "Identity" or "Enter" or "RefEnter" or "Exit" or "RefExit" or "Switch" or "RefSwitch" or "Merge" or "RefMerge"
                or "NextIteration" or "StopGradient" => 0,
            "IdentityN" or "While" or "StatelessWhile" => Index(input),
            _ => -1,
        };
        return index >= 0 && index < node.Input.Count && !node.Input[index].StartsWith('^') ? node.Input[index] : null;
    }

    private static int Index(string input) =>
        int.TryParse(input.AsSpan(input.LastIndexOf(':') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : 0;
}
