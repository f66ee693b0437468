using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.ControlFlow;
using ModelBuild.Compiler.Import.Functions;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports loops of functions.</summary>
internal static class WhileImport
{
    public static IReadOnlyList<Value> Import(ImportContext context)
    {
        context.Attributes.Ignore("output_shapes", "parallel_iterations");
        GraphFunction condition = CallImport.Function(context, "cond"), body = CallImport.Function(context, "body");
        return LoopImport.Run(context.Scope, context.Name, condition, body, context.Inputs,
            context.Scope.Read(context.Node.Name, context.Inputs.Count));
    }
}
