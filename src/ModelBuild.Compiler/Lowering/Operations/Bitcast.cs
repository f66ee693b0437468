using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Bitcast = ModelBuild.Compiler.Graph.Operations.Bitcast;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Bitcast"/>.</summary>
internal static class BitcastLowering
{
    public static void Lower(LoweringContext context, Node node, Bitcast cast) =>
        FlatLayers.Map(context, node, Kinds.Of(nameof(Bitcast<,>), node.Inputs[0].Type, cast.To), $"bits as {PlanTypes.Name(cast.To)}");
}
