using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using LogicalNot = ModelBuild.Compiler.Graph.Operations.LogicalNot;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="LogicalNot"/>.</summary>
internal static class LogicalNotLowering
{
    public static void Lower(LoweringContext context, Node node, LogicalNot not) =>
        FlatLayers.Map(context, node, nameof(LogicalNot), "not");
}
