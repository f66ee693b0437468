using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using OneHot = ModelBuild.Compiler.Graph.Operations.OneHot;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="OneHot"/>.</summary>
internal static class OneHotLowering
{
    public static void Lower(LoweringContext context, Node node, OneHot oneHot)
    {
        (Value indices, Value on, Value off) = (node.Inputs[0], node.Inputs[2], node.Inputs[3]);
        int axis = Inference.Axis(oneHot.Axis, node.Output.Shape.Rank);
        (string, object)[] inputs = [("indices", context.Flat(indices)), ("on", context.Flat(on)), ("off", context.Flat(off))];
        context.Add(new LayerDraft(Kinds.Of(nameof(OneHot<,>), node.Output.Type, indices.Type), node.Name, $"one-hot along axis {axis}")
        {
            Arguments = [.. inputs, ("output", context.NewFlat(node.Output)), ("axis", axis)],
        });
    }
}
