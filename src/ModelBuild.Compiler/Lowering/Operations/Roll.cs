using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Roll = ModelBuild.Compiler.Graph.Operations.Roll;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Roll"/>.</summary>
internal static class RollLowering
{
    public static void Lower(LoweringContext context, Node node, Roll roll)
    {
        int[] shifts = LoweringContext.Integers(node, 1, "the shifts"), axes = LoweringContext.Integers(node, 2, "the axes");
        axes = [.. axes.Select(axis => Inference.Axis(axis, node.Output.Shape.Rank))];
        string remarks = $"shifted by {string.Join(", ", shifts)} along axes {string.Join(", ", axes)}";
        FlatLayers.Map(context, node, Kinds.Of(nameof(Roll<>), node.Output.Type), remarks, ("shifts", shifts), ("axes", axes));
    }
}
