using System.Text;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.ControlFlow;

/// <summary>
/// Finds loops in the form of TensorFlow 1 (control_flow_ops.cc): a variable is Merge(Enter, NextIteration), a Switch by the
/// common LoopCond gives it to the body (output 1) or to Exit (output 0), and what does not change comes by an Enter that is
/// constant. A loop inside of another one needs no extra care, since it lies between nodes of the outer one's body.
/// </summary>
internal sealed class LoweredLoops
{
    private readonly GraphIndex _index;
    private readonly Dictionary<string, LoweredLoop> _byCondition = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoopVariable> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (LoweredLoop Loop, LoopVariable Variable)> _exits = new(StringComparer.Ordinal);

    public LoweredLoops(GraphIndex index)
    {
        _index = index;
        foreach (NodeDef node in index.Nodes)
            if (Variable(node) is { } variable) _variables.Add(node.Name, variable);
        if (_variables.Count == 0) return;
        foreach (NodeDef node in index.Nodes)
            if (node.Op is "Switch" or "RefSwitch") AddSwitch(node);
        foreach (LoopVariable variable in _variables.Values.Where(variable => variable.Switches.Count == 0)) AddUnswitched(variable);
        foreach (NodeDef node in index.Nodes)
            if (node.Op is "Exit" or "RefExit") AddExit(node);
    }

    /// <summary>The Merge of a loop's variable, which is no end of a conditional.</summary>
    public bool IsVariable(NodeDef merge) => _variables.ContainsKey(merge.Name);

    /// <summary>A Switch decides by this whether a loop goes on.</summary>
    public bool IsCondition(NodeInput predicate) => _index.Find(predicate.Node)?.Op == "LoopCond";

    /// <summary>The loop and variable whose last value an Exit gives.</summary>
    /// <exception cref="Diagnostics.ModelBuildException">It belongs to none.</exception>
    public (LoweredLoop Loop, LoopVariable Variable) Find(NodeDef exit) =>
        _exits.TryGetValue(exit.Name, out (LoweredLoop, LoopVariable) found) ? found
        : throw GraphIndex.Invalid($"Node {exit.Name} ({exit.Op}) ends a loop that cannot be made out.");

    private LoopVariable? Variable(NodeDef merge)
    {
        if (merge.Op is not ("Merge" or "RefMerge") || _index.Inputs(merge) is not { Count: 2 } inputs) return null;
        NodeDef? enter = null, next = null;
        foreach (NodeDef? input in inputs.Select(input => _index.Find(input.Node)))
        {
            if (input?.Op is "Enter" or "RefEnter") enter = input;
            if (input?.Op is "NextIteration" or "RefNextIteration") next = input;
        }
        if (next is null) return null;
        if (enter is null || _index.Inputs(enter) is not [{ } first] || _index.Inputs(next) is not [{ } later])
            throw GraphIndex.Invalid($"Node {merge.Name} ({merge.Op}) is the variable of a loop, but has no first or no next value.");
        return new LoopVariable(merge.Name, Frame(enter), first, later);
    }

    private void AddSwitch(NodeDef node)
    {
        if (_index.Inputs(node) is not [{ } data, { } predicate] || !_variables.TryGetValue(data.Node, out LoopVariable? variable)) return;
        if (_index.Find(predicate.Node) is not { Op: "LoopCond" } condition || _index.Inputs(condition) is not [{ } test]) return;
        if (!_byCondition.TryGetValue(condition.Name, out LoweredLoop? loop))
            _byCondition.Add(condition.Name, loop = new LoweredLoop(_index, variable.Frame, test));
        if (variable.Switches.Count == 0) loop.Variables.Add(variable);
        variable.Switches.Add(node.Name);
    }

    /// <summary>A variable that only the condition reads belongs to the loop of its frame.</summary>
    private void AddUnswitched(LoopVariable variable)
    {
        if (_byCondition.Values.Where(loop => loop.Frame == variable.Frame).ToArray() is [var only]) only.Variables.Add(variable);
    }

    private void AddExit(NodeDef node)
    {
        if (_index.Inputs(node) is not [{ Output: 0 } source]
            || _index.Find(source.Node) is not { Op: "Switch" or "RefSwitch" } decision)
            return;
        if (_index.Inputs(decision) is not [{ } data, { } predicate]
            || !_variables.TryGetValue(data.Node, out LoopVariable? variable))
            return;
        if (!_byCondition.TryGetValue(predicate.Node, out LoweredLoop? loop) || !loop.Variables.Contains(variable)) return;
        variable.Exits.Add(node.Name);
        _exits.Add(node.Name, (loop, variable));
    }

    /// <summary>The frame that an Enter leads into.</summary>
    public static string Frame(NodeDef enter) =>
        enter.Attr.TryGetValue("frame_name", out AttrValue? name) ? Encoding.UTF8.GetString(name.S.Span) : "";
}
