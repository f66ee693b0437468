using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using RequantizeTensor = ModelBuild.Compiler.Graph.Operations.RequantizeTensor;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="RequantizeTensor"/>.</summary>
internal static class RequantizeTensorLowering
{
    public static void Lower(LoweringContext context, Node node, RequantizeTensor requantize) =>
        context.Add(new LayerDraft(Kinds.Of(nameof(RequantizeTensor<,>), node.Inputs[0].Type, requantize.Type), node.Name, "to another range")
        {
            Arguments =
            [
                ("input", context.Flat(node.Inputs[0])), ("minimum", context.Flat(node.Inputs[1])), ("maximum", context.Flat(node.Inputs[2])),
                ("newMinimum", context.Flat(node.Inputs[3])), ("newMaximum", context.Flat(node.Inputs[4])), ("output", context.NewFlat(node.Output)),
            ],
        });
}
