using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Reverse = ModelBuild.Compiler.Graph.Operations.Reverse;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Reverse"/>.</summary>
internal static class ReverseLowering
{
    public static void Lower(LoweringContext context, Node node, Reverse reverse)
    {
        int[] axes = LoweringContext.Integers(node, 1, "the axes");
        axes = [.. axes.Select(axis => Inference.Axis(axis, node.Output.Shape.Rank))];
        string kind = Kinds.Of(nameof(Reverse<>), node.Output.Type);
        FlatLayers.Map(context, node, kind, $"reversed along axes {string.Join(", ", axes)}", ("axes", axes));
    }
}
