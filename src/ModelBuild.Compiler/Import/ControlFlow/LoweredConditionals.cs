using System.Collections.Immutable;
using ModelBuild.Compiler.Import.Functions;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.ControlFlow;

/// <summary>One way of a Switch: what is computed only if the selector has this number (0 for false, 1 for true).</summary>
internal readonly record struct Way(NodeInput Selector, int Number);

/// <summary>
/// Finds conditionals in the form of TensorFlow 1: a Switch gives its input to one of several outputs, what depends on the
/// others is not computed ("dead"), and a Merge takes that of its inputs that is. Which ways a node lies on follows from what it
/// reads and waits for: constants inside of a branch only wait.
/// </summary>
internal sealed class LoweredConditionals
{
    // Conditionals inside of each other; beyond this the graph is no network but an attack on the tool.
    private const int MostNested = 256;

    private readonly GraphIndex _index;
    private readonly Dictionary<string, ImmutableArray<Way>> _ways = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoweredConditional> _conditionals = new(StringComparer.Ordinal);
    private readonly Dictionary<LoweredConditional, IReadOnlyList<LoweredConditional>> _groups = [];
    private readonly IReadOnlyList<NodeDef> _sorted;

    public LoweredConditionals(GraphIndex index)
    {
        _index = index;
        _sorted = index.Sort();
        foreach (NodeDef node in _sorted) _ways.Add(node.Name, Ways(node));
    }

    /// <summary>The conditional that ends with a Merge.</summary>
    /// <exception cref="Diagnostics.ModelBuildException">Its inputs are not the ways of one Switch.</exception>
    public LoweredConditional Find(NodeDef merge) => _conditionals.GetValueOrDefault(merge.Name)
        ?? throw GraphIndex.Invalid($"Node {merge.Name} ({merge.Op}) joins values that are not the two sides of one condition.");

    /// <summary>
    /// The conditionals that one choice can decide together: of one selector, on the same ways, and none depending on another.
    /// </summary>
    public IReadOnlyList<LoweredConditional> Group(LoweredConditional conditional)
    {
        if (_groups.TryGetValue(conditional, out IReadOnlyList<LoweredConditional>? known)) return known;
        Dictionary<string, int> levels = Levels(conditional.Ways);
        LoweredConditional[] peers = [.. _conditionals.Values
            .Where(other => levels.ContainsKey(other.Merge) && other.Ways.SequenceEqual(conditional.Ways))];
        foreach (IGrouping<(NodeInput, int), LoweredConditional> group in peers.GroupBy(peer => (peer.Selector, levels[peer.Merge])))
        {
            LoweredConditional[] members = [.. group];
            foreach (LoweredConditional member in members) _groups.Add(member, members);
        }
        return _groups[conditional];
    }

    /// <summary>The branches of a group: what they read from outside, and for each a function of it.</summary>
    /// <param name="group">From <see cref="Group"/>.</param>
    public (IReadOnlyList<NodeInput> Captured, IReadOnlyList<GraphFunction> Branches) Branches(IReadOnlyList<LoweredConditional> group)
    {
        List<NodeInput> captured = [];
        Dictionary<NodeInput, int> numbers = [];
        List<GraphFunction> branches = [];
        for (int number = 0; number < group[0].Branches.Count; number++)
        {
            Way way = new(group[0].Selector, number);
            NodeInput[] outputs = [.. group.Select(member => member.Branches[way.Number])];
            Dictionary<NodeInput, int> arguments = [];
            foreach (NodeInput read in _index.Walk(outputs, output => Outside(output, way) is not null))
            {
                if (Outside(read, way) is not { } source) continue;
                if (!numbers.TryGetValue(source, out int argument))
                {
                    numbers.Add(source, argument = captured.Count);
                    captured.Add(source);
                }
                arguments[read] = argument;
            }
            branches.Add(new GraphFunction($"{group[0].Merge}/{number}", _index, arguments, 0, outputs));
        }
        return (captured, [.. branches.Select(branch => branch with { ArgumentCount = captured.Count })]);
    }

    /// <summary>What a branch gets for an output that it reads but does not compute, or null for one inside of it.</summary>
    private NodeInput? Outside(NodeInput output, Way way)
    {
        NodeDef? node = _index.Find(output.Node);
        if (node is null) return output;
        if (IsSwitch(node) && Selector(node) == way.Selector) return _index.Inputs(node)[0];
        return Ways(output).Contains(way) ? null : output;
    }

    private ImmutableArray<Way> Ways(NodeDef node)
    {
        IReadOnlyList<NodeInput> inputs = _index.Inputs(node);
        if (node.Op is "Merge" or "RefMerge")
        {
            // Of a loop's variable, the value after a round is on no other way than the first one.
            if (_index.Loops.IsVariable(node)) return Union(inputs.Where(input => _ways.ContainsKey(input.Node)).Select(Ways));
            ImmutableArray<Way>[] all = [.. inputs.Select(Ways)];
            if (all.Length < 2) return Union(all);
            if (Choice(all) is { } selector) return Close(node, inputs, all, selector);
            return [.. all[0].Where(way => all.All(ways => ways.Contains(way)))];
        }
        IEnumerable<NodeInput> awaited = GraphIndex.Awaited(node).Select(other => other with { Output = -1 });
        ImmutableArray<Way> union = Union(inputs.Concat(awaited).Select(Ways));
        return union.Length <= MostNested ? union
            : throw GraphIndex.Invalid($"Node {node.Name} lies inside of more than {MostNested} conditionals.");
    }

    /// <summary>The ways of an output; -1 for one that is only waited for.</summary>
    private ImmutableArray<Way> Ways(NodeInput output)
    {
        if (!_ways.TryGetValue(output.Node, out ImmutableArray<Way> ways)) return [];
        if (output.Output < 0 || _index.Find(output.Node) is not { } node || !IsSwitch(node)) return ways;
        Way way = new(Selector(node), output.Output);
        return ways.Contains(way) ? ways : ways.Add(way);
    }

    private ImmutableArray<Way> Close(NodeDef merge, IReadOnlyList<NodeInput> inputs, ImmutableArray<Way>[] all, NodeInput selector)
    {
        int[] numbers = [.. all.Select(ways => ways.First(way => way.Selector == selector).Number)];
        NodeInput[] branches = new NodeInput[numbers.Length];
        int[] inputOf = new int[numbers.Length];
        for (int i = 0; i < numbers.Length; i++) (branches[numbers[i]], inputOf[numbers[i]]) = (inputs[i], i);
        // Sorted, so that equal ones compare as such.
        ImmutableArray<Way> common = [.. all[0].Where(way => way.Selector != selector && all.All(ways => ways.Contains(way)))
            .OrderBy(way => way.Selector.ToString(), StringComparer.Ordinal).ThenBy(way => way.Number)];
        _conditionals.Add(merge.Name, new LoweredConditional(merge.Name, selector, common, branches, inputOf));
        return common;
    }

    /// <summary>The selector by whose ways all inputs differ, or null.</summary>
    private static NodeInput? Choice(ImmutableArray<Way>[] all)
    {
        foreach (Way way in all[0])
        {
            int[] numbers = [.. all.SelectMany(ways => ways.Where(other => other.Selector == way.Selector).Take(1))
                .Select(other => other.Number)];
            if (numbers.Length == all.Length && numbers.Order().SequenceEqual(Enumerable.Range(0, all.Length))) return way.Selector;
        }
        return null;
    }

    private bool IsSwitch(NodeDef node) => node.Op is "Switch" or "RefSwitch" or "_SwitchN"
        && _index.Inputs(node) is [_, { } predicate] && !_index.Loops.IsCondition(predicate);

    private NodeInput Selector(NodeDef node) => _index.Origin(_index.Inputs(node)[1]);

    /// <summary>How many conditionals on these very ways lie before each node at most, it included.</summary>
    private Dictionary<string, int> Levels(ImmutableArray<Way> ways)
    {
        Dictionary<string, int> levels = new(StringComparer.Ordinal);
        foreach (NodeDef node in _sorted)
        {
            int level = 0;
            foreach (NodeInput input in _index.Inputs(node)) level = Math.Max(level, levels.GetValueOrDefault(input.Node));
            if (_conditionals.TryGetValue(node.Name, out LoweredConditional? conditional) && conditional.Ways.SequenceEqual(ways)) level++;
            levels[node.Name] = level;
        }
        return levels;
    }

    private static ImmutableArray<Way> Union(IEnumerable<ImmutableArray<Way>> all)
    {
        ImmutableArray<Way> union = [];
        foreach (ImmutableArray<Way> ways in all)
        {
            // Nearly always they are the same or none.
            if (union.IsEmpty) union = ways;
            else if (union != ways) union = union.AddRange(ways.Where(way => !union.Contains(way)));
        }
        return union;
    }
}

/// <summary>What a Merge makes of the ways of one selector.</summary>
/// <param name="Merge">Name of the node.</param>
/// <param name="Selector">The number (or truth) that decides.</param>
/// <param name="Ways">What decides whether the Merge itself is computed.</param>
/// <param name="Branches">The input of the Merge for each number of the selector.</param>
/// <param name="Inputs">Place of that input among the Merge's, which it has as second output.</param>
internal sealed record LoweredConditional(
    string Merge, NodeInput Selector, ImmutableArray<Way> Ways, IReadOnlyList<NodeInput> Branches, IReadOnlyList<int> Inputs);
