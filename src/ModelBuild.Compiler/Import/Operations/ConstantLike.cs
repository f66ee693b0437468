using ModelBuild.Compiler.Reference;
using ModelBuild.Compiler.Reference.Operations;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports ZerosLike and OnesLike: constants where the shape is known.</summary>
internal static class ConstantLikeImport
{
    public static Value Zeros(ImportContext context) => Import(context, 0);

    public static Value Ones(ImportContext context) => Import(context, 1);

    private static Value Import(ImportContext context, int number)
    {
        (DataType type, Shape shape) = (context[0].Type, context[0].Shape);
        if (!shape.IsStatic) return context.Add(new ConstantLike(number), context[0]);
        Tensor like = new(type, shape, ElementTypes.Allocate(type, shape.Count));
        return context.Constant(ConstantLikeReference.Run(new ConstantLike(number), [like]));
    }
}
