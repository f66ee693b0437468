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
        string function = classification.Function.ToString();
        context.Add(new LayerDraft(Kinds.Numeric(node.Inputs[0].Type, nameof(Classification<>), null), node.Name, Phrases.Words(function))
        {
            Arguments = [("input", context.Flat(node.Inputs[0])), ("output", context.NewFlat(node.Output)), ("function", function)],
        });
    }
}
