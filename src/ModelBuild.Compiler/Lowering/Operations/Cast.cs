using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Cast = ModelBuild.Compiler.Graph.Operations.Cast;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Cast"/>.</summary>
internal static class CastLowering
{
    public static void Lower(LoweringContext context, Node node, Cast cast) =>
        context.Add(new LayerDraft(Kinds.Of(nameof(Cast<,>), node.Inputs[0].Type, cast.To), node.Name, $"to {PlanTypes.Name(cast.To)}")
        {
            Arguments = [("input", context.Flat(node.Inputs[0])), ("output", context.NewFlat(node.Output))],
        });
}
