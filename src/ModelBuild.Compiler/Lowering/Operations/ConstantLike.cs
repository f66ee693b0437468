using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference;
using ModelBuild.Kernels;
using ConstantLike = ModelBuild.Compiler.Graph.Operations.ConstantLike;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="ConstantLike"/>: fills an array with a constant.</summary>
internal static class ConstantLikeLowering
{
    public static void Lower(LoweringContext context, Node node, ConstantLike constant)
    {
        Tensor like = new(node.Output.Type, Shape.Scalar, ElementTypes.Allocate(node.Output.Type, 1));
        Tensor number = ReferenceOperations.Run(constant, [like])[0];
        context.Add(new LayerDraft(Kinds.Of(nameof(Fill<>), node.Output.Type), node.Name, $"filled with {constant.Number}")
        {
            Arguments = [("value", context.Constant($"{node.Name}/value", number)), ("output", context.NewFlat(node.Output))],
        });
    }
}
