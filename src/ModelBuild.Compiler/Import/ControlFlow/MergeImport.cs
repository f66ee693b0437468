using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Import.Functions;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.ControlFlow;

/// <summary>
/// Imports a Merge: the branch that a constant takes, or else a choice between all branches, together with the Merges beside it.
/// </summary>
internal static class MergeImport
{
    public static IEnumerable<NodeInput> Needs(Scope scope, NodeDef node)
    {
        IReadOnlyList<NodeInput> inputs = scope.Index.Inputs(node);
        if (scope.Index.Loops.IsVariable(node)) throw GraphIndex.Invalid("It is read outside of its loop.");
        if (inputs.Count == 1)
        {
            yield return inputs[0];
            yield break;
        }
        LoweredConditional conditional = scope.Index.Conditionals.Find(node);
        yield return conditional.Selector;
        if (ConditionalImport.Taken(scope.Find(conditional.Selector), conditional.Branches.Count) is { } taken)
        {
            yield return conditional.Branches[taken];
            yield break;
        }
        IReadOnlyList<LoweredConditional> group = scope.Index.Conditionals.Group(conditional);
        foreach (NodeInput captured in scope.Index.Conditionals.Branches(group).Captured) yield return captured;
    }

    public static IReadOnlyList<Value> Import(Scope scope, NodeDef node)
    {
        if (scope.Index.Inputs(node) is [{ } only]) return [scope.Find(only), Number(scope, node.Name, 0)];
        LoweredConditional conditional = scope.Index.Conditionals.Find(node);
        Value selector = scope.Find(conditional.Selector);
        if (ConditionalImport.Taken(selector, conditional.Branches.Count) is { } taken)
            return [scope.Find(conditional.Branches[taken]), Number(scope, node.Name, conditional.Inputs[taken])];

        IReadOnlyList<LoweredConditional> group = scope.Index.Conditionals.Group(conditional);
        (IReadOnlyList<NodeInput> captured, IReadOnlyList<GraphFunction> branches) = scope.Index.Conditionals.Branches(group);
        int[] wanted = [.. Enumerable.Range(0, group.Count)];
        Value[] arguments = [.. captured.Select(scope.Find)];
        IReadOnlyList<Value> outputs = ConditionalImport.Run(scope, scope.Name(node.Name), selector, branches, arguments, wanted);
        foreach ((LoweredConditional member, Value output) in group.Zip(outputs))
            scope.Set(member.Merge, [output, Number(scope, member, selector)]);
        return [outputs[group.ToList().IndexOf(conditional)], Number(scope, conditional, selector)];
    }

    /// <summary>The second output: which input it is.</summary>
    private static Value Number(Scope scope, string merge, int input) =>
        GraphBuilder.Constant($"{scope.Name(merge)}:1", new Tensor(DataType.Int32, Shape.Scalar, new[] { input }));

    private static Value Number(Scope scope, LoweredConditional conditional, Value selector)
    {
        if (!scope.IsRead(new NodeInput(conditional.Merge, 1))) return Scope.Never;
        ModelGraph[] numbers = [.. conditional.Inputs.Select(input => new ModelGraph([], [], [Number(scope, conditional.Merge, input)]))];
        return scope.Builder.Add($"{scope.Name(conditional.Merge)}/value_index", new Case([.. numbers]), selector);
    }
}
