using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Import.Functions;

namespace ModelBuild.Compiler.Import.ControlFlow;

/// <summary>
/// Imports a loop: round by round in place where constants tell how many there are, or else as a node with graphs of its
/// condition and body.
/// </summary>
internal static class LoopImport
{
    // A loop of more nodes than this is neither readable written out nor quick to compile.
    private const int MostNodes = 1 << 16;

    /// <summary>The arguments that some variables' last values depend on, and the condition.</summary>
    /// <param name="condition">Whether another round follows: of the variables and what does not change.</param>
    /// <param name="body">The variables after a round.</param>
    /// <param name="wanted">Variables whose last values are read.</param>
    public static bool[] Live(GraphFunction condition, GraphFunction body, IEnumerable<int> wanted)
    {
        bool[] live = new bool[body.ArgumentCount];
        Queue<int> added = new();
        HashSet<NodeInput> seen = [];
        foreach (int argument in wanted.Concat(condition.Uses([0]))) Add(argument);
        while (added.TryDequeue(out int argument))
            if (argument < body.Outputs.Count)
                foreach (int used in body.Uses([argument], seen)) Add(used);
        return live;

        void Add(int argument)
        {
            if (live[argument]) return;
            live[argument] = true;
            added.Enqueue(argument);
        }
    }

    /// <param name="scope">Where it stands.</param>
    /// <param name="name">Of the loop.</param>
    /// <param name="condition">Whether another round follows: of the variables and what does not change.</param>
    /// <param name="body">The variables after a round, of the same arguments.</param>
    /// <param name="arguments">Before the loop; those that are not live may be <see cref="Scope.Never"/>.</param>
    /// <param name="wanted">Variables whose last values are read.</param>
    /// <returns>The variables after the loop, those not wanted as <see cref="Scope.Never"/> or any.</returns>
    public static IReadOnlyList<Value> Run(
        Scope scope, string name, GraphFunction condition, GraphFunction body, IReadOnlyList<Value> arguments, IReadOnlyList<int> wanted)
    {
        if (condition.Outputs.Count != 1 || condition.ArgumentCount != body.ArgumentCount || body.Outputs.Count > body.ArgumentCount)
            throw new ModelBuildException(DiagnosticCode.InvalidGraph,
                $"the condition {condition.Name} and the body {body.Name} do not fit each other.");
        bool[] live = Live(condition, body, wanted);
        // A variable that every round passes on is none; its constant stays one inside of the loop.
        int[] variables = [.. Enumerable.Range(0, body.Outputs.Count)
            .Where(variable => live[variable] && body.Passes(variable) != variable)];
        return Unroll(scope, name, condition, body, arguments, variables)
            ?? new LoopBuilder(scope, name, condition, body, arguments, live, variables).Build();
    }

    /// <summary>The rounds one after the other, or null where their number is not constant or too great.</summary>
    private static IReadOnlyList<Value>? Unroll(
        Scope scope, string name, GraphFunction condition, GraphFunction body, IReadOnlyList<Value> arguments, IReadOnlyList<int> variables)
    {
        int end = scope.Session.Nodes + MostNodes;
        Value[] values = [.. arguments];
        for (int round = 0; round <= scope.Session.MostRounds && scope.Session.Nodes < end; round++)
        {
            Naming naming = Naming.Round(name, round);
            if (scope.Inline(condition, values, naming, [0])[0].Constant is not { } test) return null;
            if (Case.Choose(test, 2) == 0) return values;
            IReadOnlyList<Value> next = scope.Inline(body, values, naming, variables);
            foreach (int variable in variables) values[variable] = next[variable];
        }
        return null;
    }
}
