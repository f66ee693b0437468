using ModelBuild.Compiler.Import.Functions;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.ControlFlow;

/// <summary>A variable of a loop.</summary>
/// <param name="Merge">The node that holds it at the begin of a round.</param>
/// <param name="Frame">The frame of its Enter.</param>
/// <param name="First">Its value before the loop.</param>
/// <param name="Next">Its value after a round.</param>
internal sealed record LoopVariable(string Merge, string Frame, NodeInput First, NodeInput Next)
{
    /// <summary>The nodes that give it to the body or out of the loop.</summary>
    public List<string> Switches { get; } = [];

    /// <summary>The nodes that give its last value.</summary>
    public List<string> Exits { get; } = [];
}

/// <summary>A loop in the form of TensorFlow 1, seen as two functions of its variables and of what it reads from outside.</summary>
/// <param name="index">The graph.</param>
/// <param name="frame">Name that its Enter nodes share.</param>
/// <param name="test">Whether another round follows.</param>
internal sealed class LoweredLoop(GraphIndex index, string frame, NodeInput test)
{
    private const string WhileContext = "/while_context";

    private (IReadOnlyList<NodeInput>, GraphFunction, GraphFunction)? _functions;

    public string Frame => frame;

    /// <summary>Name for messages and for the nodes of its rounds.</summary>
    public string Name => frame.EndsWith(WhileContext, StringComparison.Ordinal) ? frame[..^WhileContext.Length] : frame;

    public List<LoopVariable> Variables { get; } = [];

    /// <summary>The loop as functions, once all variables are known.</summary>
    /// <returns>
    /// What the arguments are before the loop: the variables, then what does not change; whether another round follows; the
    /// variables after a round.
    /// </returns>
    public (IReadOnlyList<NodeInput> First, GraphFunction Condition, GraphFunction Body) Functions()
    {
        if (_functions is { } known) return known;
        List<NodeInput> first = [];
        Dictionary<NodeInput, int> arguments = [];
        foreach (LoopVariable variable in Variables)
        {
            arguments[new NodeInput(variable.Merge, 0)] = first.Count;
            foreach (string node in variable.Switches) arguments[new NodeInput(node, 1)] = first.Count;
            first.Add(variable.First);
        }
        NodeInput[] next = [.. Variables.Select(variable => variable.Next)];
        foreach (NodeInput read in index.Walk([test, .. next], output => arguments.ContainsKey(output) || IsOwnEnter(output)))
        {
            if (arguments.ContainsKey(read) || !IsOwnEnter(read)) continue;
            NodeDef enter = index.Find(read.Node)!;
            if (index.Inputs(enter) is not [{ } source]) throw GraphIndex.Invalid($"Node {read.Node} ({enter.Op}) has not one input.");
            // Otherwise it has a value in the first round only.
            if (!new Attributes(enter).Boolean("is_constant", false))
                throw GraphIndex.Invalid($"Node {read.Node} ({enter.Op}) is a variable, but no Merge holds it.");
            arguments.Add(read, first.Count);
            first.Add(source);
        }
        GraphFunction condition = new(Name, index, arguments, first.Count, [test]), body = condition with { Outputs = next };
        _functions = (first, condition, body);
        return (first, condition, body);
    }

    private bool IsOwnEnter(NodeInput output) =>
        index.Find(output.Node) is { Op: "Enter" or "RefEnter" } enter && LoweredLoops.Frame(enter) == frame;
}
