using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Classification = ModelBuild.Compiler.Graph.Operations.Classification;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Classification"/>.</summary>
internal static class ClassificationLowering
{
    public static void Lower(LoweringContext context, Node node, Classification classification)
    {
        string kind = Kinds.Numeric(node.Inputs[0].Type, nameof(Classification<>), null), function = classification.Function.ToString();
        FlatLayers.Map(context, node, kind, Phrases.Words(function), ("function", function));
    }
}
