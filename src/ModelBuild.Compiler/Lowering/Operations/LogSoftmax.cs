using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using LogSoftmax = ModelBuild.Compiler.Graph.Operations.LogSoftmax;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="LogSoftmax"/>.</summary>
internal static class LogSoftmaxLowering
{
    public static void Lower(LoweringContext context, Node node, LogSoftmax softmax) =>
        context.Add(new LayerDraft(Kinds.Numeric(node.Inputs[0].Type, nameof(SoftmaxFloating<>), null), node.Name, "logarithm of the softmax")
        {
            Arguments = [("input", context.Flat(node.Inputs[0])), ("output", context.NewFlat(node.Output)), ("isLogarithm", true)],
        });
}
