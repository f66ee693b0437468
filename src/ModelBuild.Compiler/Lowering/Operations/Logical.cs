using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Logical = ModelBuild.Compiler.Graph.Operations.Logical;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Logical"/>.</summary>
internal static class LogicalLowering
{
    public static void Lower(LoweringContext context, Node node, Logical logical)
    {
        string function = logical.Function.ToString();
        FlatLayers.Combine(context, node, nameof(Logical), Phrases.Words(function), ("function", function));
    }
}
