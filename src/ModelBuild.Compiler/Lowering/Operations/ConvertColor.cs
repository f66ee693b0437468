using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using ConvertColor = ModelBuild.Compiler.Graph.Operations.ConvertColor;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="ConvertColor"/>.</summary>
internal static class ConvertColorLowering
{
    public static void Lower(LoweringContext context, Node node, ConvertColor convert) => FlatLayers.Map(
        context, node, Kinds.Numeric(node.Output.Type, nameof(ConvertColor<>), null), convert.ToHsv ? "RGB to HSV" : "HSV to RGB",
        ("toHsv", convert.ToHsv));
}
