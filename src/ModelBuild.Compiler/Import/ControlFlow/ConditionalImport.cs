using System.Collections.Immutable;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Import.Functions;

namespace ModelBuild.Compiler.Import.ControlFlow;

/// <summary>Imports a choice between functions: the one that a constant takes in place, or else a node with a graph of each.</summary>
internal static class ConditionalImport
{
    /// <param name="scope">Where it stands.</param>
    /// <param name="name">Of the node.</param>
    /// <param name="selector">Truth or number that chooses.</param>
    /// <param name="branches">By number; false is 0, true is 1.</param>
    /// <param name="arguments">Of each branch.</param>
    /// <param name="wanted">The outputs to compute.</param>
    /// <returns>All outputs, those not wanted as <see cref="Scope.Never"/>.</returns>
    public static IReadOnlyList<Value> Run(
        Scope scope, string name, Value selector, IReadOnlyList<GraphFunction> branches, IReadOnlyList<Value> arguments,
        IReadOnlyList<int> wanted)
    {
        if (Taken(selector, branches.Count) is { } taken) return scope.Inline(branches[taken], arguments, Naming.Inside(name), wanted);
        HashSet<int> used = [.. branches.SelectMany(branch => branch.Uses(wanted))];
        int[] captured = [.. Enumerable.Range(0, arguments.Count)
            .Where(argument => used.Contains(argument) && arguments[argument].Constant is null)];
        ImmutableArray<ModelGraph> graphs = [.. branches.Select(branch => Graph(scope, branch, arguments, captured, wanted))];
        IReadOnlyList<Value> inputs = [selector, .. captured.Select(argument => arguments[argument])];
        IReadOnlyList<Value> results = scope.Builder.AddAll(name, new Case(graphs), inputs);

        Value[] outputs = [.. Enumerable.Repeat(Scope.Never, branches[0].Outputs.Count)];
        for (int i = 0; i < wanted.Count; i++)
        {
            outputs[wanted[i]] = results[i];
            scope.Session.Lists.Join(results[i], [.. graphs.Select(graph => graph.Outputs[i])]);
        }
        return outputs;
    }

    /// <summary>The branch that a constant selector takes, or null where it is computed.</summary>
    /// <exception cref="ModelBuildException">It is of a type that selects nothing.</exception>
    public static int? Taken(Value selector, int branches)
    {
        if (selector.Constant is { } constant) return Case.Choose(constant, branches);
        if (selector.Type is not (DataType.Bool or DataType.Int32))
            throw new ModelBuildException(DiagnosticCode.UnsupportedAttribute,
                $"the condition {selector.Name} is {selector.Type}, but has to be a truth or an int32.");
        return null;
    }

    private static ModelGraph Graph(
        Scope scope, GraphFunction branch, IReadOnlyList<Value> arguments, IReadOnlyList<int> captured, IReadOnlyList<int> wanted)
    {
        GraphBuilder builder = new(scope.Builder.Budget);
        Value[] inner = [.. arguments];
        foreach (int argument in captured) inner[argument] = scope.Session.Lists.Input(builder, arguments[argument]);
        IReadOnlyList<Value> outputs = scope.Separate(builder, branch, inner, wanted);
        return builder.Build(wanted.Select(output => outputs[output]));
    }
}
