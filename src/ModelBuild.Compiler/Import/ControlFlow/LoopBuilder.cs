using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Import.Functions;

namespace ModelBuild.Compiler.Import.ControlFlow;

/// <summary>Makes the node of a loop whose number of rounds is only known when it runs.</summary>
/// <param name="scope">Where it stands.</param>
/// <param name="name">Of the node.</param>
/// <param name="condition">Whether another round follows.</param>
/// <param name="body">The variables after a round.</param>
/// <param name="arguments">Before the loop.</param>
/// <param name="live">Which arguments matter.</param>
/// <param name="variables">Which of them change.</param>
internal sealed class LoopBuilder(
    Scope scope, string name, GraphFunction condition, GraphFunction body, IReadOnlyList<Value> arguments, bool[] live,
    IReadOnlyList<int> variables)
{
    // What the graphs get besides the variables: values that do not change and are no constants.
    private readonly int[] _captured =
        [.. Enumerable.Range(0, arguments.Count)
            .Where(argument => live[argument] && !variables.Contains(argument) && arguments[argument].Constant is null)];

    /// <summary>The arguments after the loop.</summary>
    public IReadOnlyList<Value> Build()
    {
        Value[] first = [.. variables.Select(variable => arguments[variable])];
        Value[] shaped = first;
        ModelGraph rounds = Graph(body, shaped, variables);
        // A shape that a round changes is not known in the loop, which may make more of them unknown: until nothing changes.
        while (Widen(shaped, rounds.Outputs) is { } wider)
        {
            shaped = wider;
            rounds = Graph(body, shaped, variables);
        }
        ModelGraph test = Graph(condition, shaped, [0]);
        IReadOnlyList<Value> inputs = [.. first, .. _captured.Select(argument => arguments[argument])];
        IReadOnlyList<Value> last = scope.Builder.AddAll(name, new While(test, rounds), inputs);

        Value[] values = [.. arguments];
        for (int i = 0; i < last.Count; i++)
        {
            values[variables[i]] = last[i];
            scope.Session.Lists.Join(last[i], [shaped[i]]);
        }
        return values;
    }

    private ModelGraph Graph(GraphFunction function, IReadOnlyList<Value> shaped, IReadOnlyList<int> wanted)
    {
        GraphBuilder builder = new(scope.Builder.Budget);
        Value[] inner = [.. arguments];
        for (int i = 0; i < variables.Count; i++) inner[variables[i]] = scope.Session.Lists.Input(builder, shaped[i]);
        foreach (int argument in _captured) inner[argument] = scope.Session.Lists.Input(builder, arguments[argument]);
        IReadOnlyList<Value> outputs = scope.Separate(builder, function, inner, wanted);
        return builder.Build(wanted.Select(output => outputs[output]));
    }

    /// <summary>Stand-ins for the variables with what is the same before and after a round, or null where nothing changes.</summary>
    private Value[]? Widen(IReadOnlyList<Value> before, IReadOnlyList<Value> after)
    {
        Value[] wider = [.. before];
        bool changed = false;
        for (int i = 0; i < wider.Length; i++)
        {
            if (before[i].Type != after[i].Type)
                throw new ModelBuildException(DiagnosticCode.InvalidGraph,
                    $"the variable {before[i].Name} of the loop is {before[i].Type} before a round and {after[i].Type} after it.");
            Shape common = Inference.Common(before[i].Shape, after[i].Shape);
            Value standIn = new(before[i].Name, before[i].Type, common);
            bool listChanged = scope.Session.Lists.Join(standIn, [before[i], after[i]]);
            if (common.Equals(before[i].Shape) && !listChanged) continue;
            wider[i] = standIn;
            changed = true;
        }
        return changed ? wider : null;
    }
}
