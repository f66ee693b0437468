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
        DataType type = node.Inputs[0].Type;
        // Of truth values only equality is defined, which is a logical function.
        string kind = type == DataType.Bool
            ? nameof(Kernels.Logical)
            : Kinds.Numeric(type, nameof(Kernels.Comparison<>), nameof(Kernels.Comparison<>));
        string function = comparison.Function.ToString();
        FlatLayers.Combine(context, node, kind, Phrases.Words(function), ("function", function));
    }
}
