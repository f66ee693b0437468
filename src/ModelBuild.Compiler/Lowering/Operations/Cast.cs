using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Cast = ModelBuild.Compiler.Graph.Operations.Cast;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Cast"/>.</summary>
internal static class CastLowering
{
    public static void Lower(LoweringContext context, Node node, Cast cast) =>
        FlatLayers.Map(context, node, Kinds.Of(nameof(Cast<,>), node.Inputs[0].Type, cast.To), $"to {PlanTypes.Name(cast.To)}");
}
