using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using PopulationCount = ModelBuild.Compiler.Graph.Operations.PopulationCount;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="PopulationCount"/>.</summary>
internal static class PopulationCountLowering
{
    public static void Lower(LoweringContext context, Node node, PopulationCount count) =>
        FlatLayers.Map(context, node, Kinds.Numeric(node.Inputs[0].Type, null, nameof(PopulationCount<>)), "bits set");
}
