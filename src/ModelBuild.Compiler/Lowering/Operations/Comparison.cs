using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Comparison = ModelBuild.Compiler.Graph.Operations.Comparison;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Comparison"/>.</summary>
internal static class ComparisonLowering
{
    public static void Lower(LoweringContext context, Node node, Comparison comparison)
    {
        string function = comparison.Function.ToString();
        // Of truth values only equality is defined, which is a logical function.
        string kind = node.Inputs[0].Type == DataType.Bool ? nameof(Kernels.Logical) : Kinds.Numeric(node.Inputs[0].Type, nameof(Kernels.Comparison<>), nameof(Kernels.Comparison<>));
        context.Add(new LayerDraft(kind, node.Name, Phrases.Words(function))
        {
            Arguments =
            [
                ("left", context.Flat(node.Inputs[0])), ("right", context.Flat(node.Inputs[1])), ("output", context.NewFlat(node.Output)),
                ("function", function),
            ],
        });
    }
}
