using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.ControlFlow;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports loops of functions.</summary>
internal static class WhileImport
{
    public static IReadOnlyList<Value> Import(ImportContext context)
    {
        context.Attributes.Ignore("output_shapes", "parallel_iterations");
        return LoopImport.Run(context.Scope, context.Name, CallImport.Function(context, "cond"), CallImport.Function(context, "body"), context.Inputs,
            context.Scope.Read(context.Node.Name, context.Inputs.Count));
    }
}
