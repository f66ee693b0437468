using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.ControlFlow;

/// <summary>
/// Imports a Switch outside of the conditionals and loops that are imported as a whole: it passes its input on where a constant
/// decides so.
/// </summary>
internal static class SwitchImport
{
    public static IEnumerable<NodeInput> Needs(Scope scope, NodeDef node)
    {
        (NodeInput data, NodeInput selector) = Ports(scope, node);
        if (scope.Index.Loops.IsCondition(selector)) throw GraphIndex.Invalid("It is read outside of its loop.");
        yield return selector;
        yield return data;
    }

    public static IReadOnlyList<Value> Import(Scope scope, NodeDef node)
    {
        (NodeInput data, NodeInput selector) = Ports(scope, node);
        int count = node.Op == "_SwitchN" ? new Attributes(node).Integer("num_outs", 0) : 2;
        int taken = ConditionalImport.Taken(scope.Find(selector), count)
            ?? throw new ModelBuildException(DiagnosticCode.InvalidGraph,
                "its result is only there for some inputs, and no Merge gives another one for the others.");
        return [.. Enumerable.Range(0, count).Select(output => output == taken ? scope.Find(data) : Scope.Never)];
    }

    private static (NodeInput Data, NodeInput Selector) Ports(Scope scope, NodeDef node) =>
        scope.Index.Inputs(node) is [{ } data, { } selector]
        ? (data, selector) : throw GraphIndex.Invalid($"It has {scope.Index.Inputs(node).Count} inputs instead of 2.");
}
