using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Cumulative = ModelBuild.Compiler.Graph.Operations.Cumulative;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Cumulative"/>.</summary>
internal static class CumulativeLowering
{
    public static void Lower(LoweringContext context, Node node, Cumulative cumulative)
    {
        DataType type = node.Output.Type;
        int axis = Inference.Axis(LoweringContext.Integer(node, 1, "the axis"), node.Output.Shape.Rank);
        (string, object)[] order = [("axis", axis), ("exclusive", cumulative.Exclusive), ("reverse", cumulative.Reverse)];
        string remarks = Phrases.Join(
            $"cumulative {Phrases.Words(cumulative.Kind.ToString())} along axis {axis}",
            cumulative.Exclusive ? "exclusive" : "", cumulative.Reverse ? "reverse" : "");
        if (cumulative.Kind == CumulativeKind.LogSumExp)
            FlatLayers.Map(context, node, Kinds.Numeric(type, nameof(CumulativeLogSumExp<>), null), remarks, order);
        else
        {
            bool product = cumulative.Kind == CumulativeKind.Product;
            FlatLayers.Map(context, node, Kinds.Number(nameof(Cumulative<>), type), remarks, [.. order, ("product", product)]);
        }
    }
}
