using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using ArgReduce = ModelBuild.Compiler.Graph.Operations.ArgReduce;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="ArgReduce"/>.</summary>
internal static class ArgReduceLowering
{
    public static void Lower(LoweringContext context, Node node, ArgReduce reduce)
    {
        FlatDraft input = context.Flat(node.Inputs[0]);
        int axis = Inference.Axis(LoweringContext.Integer(node, 1, "the axis"), input.Shape.Length);
        if (input.Type == DataType.Bool)
        {
            FlatDraft numbers = context.NewFlat($"{node.Name}/numbers", DataType.UInt8, input.Shape);
            context.Add(WideningLowering.CastLayer(input, numbers));
            input = numbers;
        }
        string remarks = $"index of the {(reduce.Least ? "least" : "greatest")} along axis {axis}";
        context.Add(new LayerDraft(Kinds.Number(nameof(ArgReduce<,>), input.Type, reduce.Type), node.Name, remarks)
        {
            Arguments = [("input", input), ("output", context.NewFlat(node.Output)), ("axis", axis), ("least", reduce.Least)],
        });
    }
}
