using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.ControlFlow;
using ModelBuild.Compiler.Import.Functions;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports choices between functions.</summary>
internal static class IfImport
{
    public static IReadOnlyList<Value> If(ImportContext context) =>
        Choose(context, [CallImport.Function(context, "else_branch"), CallImport.Function(context, "then_branch")]);

    public static IReadOnlyList<Value> Case(ImportContext context) =>
        Choose(context, [.. context.Attributes.Functions("branches").Select(branch => CallImport.Function(context, branch))]);

    private static IReadOnlyList<Value> Choose(ImportContext context, IReadOnlyList<GraphFunction> branches)
    {
        context.Attributes.Ignore("output_shapes");
        if (branches.Count == 0 || branches.Any(branch => branch.Outputs.Count != branches[0].Outputs.Count))
            throw new ModelBuildException(DiagnosticCode.InvalidGraph, "its branches do not give the same outputs.");
        return ConditionalImport.Run(context.Scope, context.Name, context[0], branches, [.. context.Inputs.Skip(1)],
            context.Scope.Read(context.Node.Name, branches[0].Outputs.Count));
    }
}
