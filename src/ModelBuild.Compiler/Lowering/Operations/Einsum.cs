using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference;
using ModelBuild.Kernels;
using Einsum = ModelBuild.Compiler.Graph.Operations.Einsum;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Einsum"/>; a sum of one operand is one with the number 1.</summary>
internal static class EinsumLowering
{
    public static void Lower(LoweringContext context, Node node, Einsum einsum)
    {
        bool isSingle = node.Inputs.Length == 1;
        string equation = isSingle ? einsum.Equation.Replace("->", ",->") : einsum.Equation;
        FlatDraft left = context.Flat(node.Inputs[0]), output = context.NewFlat(node.Output);
        FlatDraft right = isSingle ? context.Constant($"{node.Name}/one", One(left.Type)) : context.Flat(node.Inputs[1]);
        EinsumPlan plan = new(equation, left.Shape, right.Shape);
        FlatDraft scratch = context.NewFlat($"{node.Name}/scratch", left.Type, [plan.ScratchLength]);
        context.Add(new LayerDraft(Kinds.Number(nameof(Einsum<>), left.Type), node.Name, $"Einstein sum {einsum.Equation}")
        {
            Arguments = [("left", left), ("right", right), ("scratch", scratch), ("output", output), ("equation", equation)],
            MultiplyAdds = isSingle ? 0 : (long)plan.Batch * plan.Rows * plan.Sums * plan.Columns,
        });
    }

    private static Tensor One(DataType type) =>
        ReferenceOperations.Run(new ConstantLike(1), [new Tensor(type, Shape.Scalar, ElementTypes.Allocate(type, 1))])[0];
}
