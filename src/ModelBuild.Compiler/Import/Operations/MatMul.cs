using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports matrix products.</summary>
internal static class MatMulImport
{
    public static Value Import(ImportContext context)
    {
        context.Attributes.Ignore("grad_a", "grad_b", "a_is_sparse", "b_is_sparse", "Ta", "Tb");
        Inference.RequireRank(context[0], 2, "the left matrix");
        Inference.RequireRank(context[1], 2, "the right matrix");
        return Multiply(context, context.Attributes.Boolean("transpose_a", false), context.Attributes.Boolean("transpose_b", false));
    }

    /// <summary>BatchMatMul: of real numbers, the adjoint is the transpose.</summary>
    public static Value Batch(ImportContext context)
    {
        context.Attributes.Ignore("grad_x", "grad_y", "Ta", "Tb");
        (bool adjointX, bool adjointY) = (context.Attributes.Boolean("adj_x", false), context.Attributes.Boolean("adj_y", false));
        if ((adjointX || adjointY) && context[0].Type is DataType.Complex64 or DataType.Complex128)
            throw context.Unsupported("the adjoint of complex matrices is not supported.");
        return Multiply(context, adjointX, adjointY);
    }

    /// <summary>Operands of other types than the result's are cast first.</summary>
    private static Value Multiply(ImportContext context, bool transposeA, bool transposeB)
    {
        DataType type = context.Attributes.Type("Tout", context.Operation == "SparseMatMul" ? DataType.Float32 : context[0].Type);
        return context.Add(new MatMul(transposeA, transposeB), Cast("a", context[0]), Cast("b", context[1]));

        Value Cast(string step, Value value) => value.Type == type ? value : context.AddStep(step, new Cast(type), value);
    }
}
