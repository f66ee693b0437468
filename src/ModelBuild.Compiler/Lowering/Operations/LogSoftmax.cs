using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using LogSoftmax = ModelBuild.Compiler.Graph.Operations.LogSoftmax;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="LogSoftmax"/>.</summary>
internal static class LogSoftmaxLowering
{
    public static void Lower(LoweringContext context, Node node, LogSoftmax softmax)
    {
        string kind = Kinds.Numeric(node.Output.Type, nameof(SoftmaxFloating<>), null);
        FlatLayers.Map(context, node, kind, "logarithm of the softmax", ("isLogarithm", true));
    }
}
