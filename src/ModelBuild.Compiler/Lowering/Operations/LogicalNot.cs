using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using LogicalNot = ModelBuild.Compiler.Graph.Operations.LogicalNot;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="LogicalNot"/>.</summary>
internal static class LogicalNotLowering
{
    public static void Lower(LoweringContext context, Node node, LogicalNot not) =>
        context.Add(new LayerDraft(nameof(LogicalNot), node.Name, "not")
        {
            Arguments = [("input", context.Flat(node.Inputs[0])), ("output", context.NewFlat(node.Output))],
        });
}
