using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Functions;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.ControlFlow;

/// <summary>Imports the end of a loop in the form of TensorFlow 1, and with it the whole loop.</summary>
internal static class ExitImport
{
    public static IEnumerable<NodeInput> Needs(Scope scope, NodeDef node)
    {
        LoweredLoop loop = scope.Index.Loops.Find(node).Loop;
        (IReadOnlyList<NodeInput> first, GraphFunction condition, GraphFunction body) = loop.Functions();
        bool[] live = LoopImport.Live(condition, body, Wanted(scope, loop, node));
        return first.Where((_, argument) => live[argument]);
    }

    public static IReadOnlyList<Value> Import(Scope scope, NodeDef node)
    {
        (LoweredLoop loop, LoopVariable variable) = scope.Index.Loops.Find(node);
        (IReadOnlyList<NodeInput> first, GraphFunction condition, GraphFunction body) = loop.Functions();
        int[] wanted = Wanted(scope, loop, node);
        bool[] live = LoopImport.Live(condition, body, wanted);
        Value[] arguments = [.. first.Select((input, argument) => live[argument] ? scope.Find(input) : Scope.Never)];
        IReadOnlyList<Value> outputs = LoopImport.Run(scope, scope.Name(loop.Name), condition, body, arguments, wanted);
        foreach (int output in wanted)
            foreach (string exit in loop.Variables[output].Exits) scope.Set(exit, [outputs[output]]);
        return [outputs[loop.Variables.IndexOf(variable)]];
    }

    /// <summary>The variables whose last values something reads.</summary>
    private static int[] Wanted(Scope scope, LoweredLoop loop, NodeDef node) =>
        [.. Enumerable.Range(0, loop.Variables.Count).Where(variable => loop.Variables[variable].Exits.Any(
            exit => exit == node.Name || scope.IsRead(new NodeInput(exit, 0))))];
}
