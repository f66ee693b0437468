using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports matrix products.</summary>
internal static class MatMulImport
{
    public static Value Import(ImportContext context) =>
        context.Add(new MatMul(context.Attributes.Boolean("transpose_a", false), context.Attributes.Boolean("transpose_b", false)), context[0], context[1]);

    /// <summary>BatchMatMul: of real numbers, the adjoint is the transpose.</summary>
    public static Value Batch(ImportContext context)
    {
        context.Attributes.Ignore("grad_x", "grad_y", "Ta", "Tb");
        return context.Add(new MatMul(context.Attributes.Boolean("adj_x", false), context.Attributes.Boolean("adj_y", false)), context[0], context[1]);
    }
}
