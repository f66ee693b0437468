using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Transpose = ModelBuild.Compiler.Graph.Operations.Transpose;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Transpose"/>.</summary>
internal static class TransposeLowering
{
    public static void Lower(LoweringContext context, Node node, Transpose transpose)
    {
        int[] permutation = LoweringContext.Integers(node, 1, "the permutation");
        permutation = [.. permutation.Select(axis => Inference.Axis(axis, node.Output.Shape.Rank))];
        FlatDraft input = context.Flat(node.Inputs[0]);
        // Where axes longer than 1 keep their order, no element moves.
        int[] moved = [.. permutation.Where(axis => input.Shape[axis] != 1)];
        if (moved.Order().SequenceEqual(moved))
        {
            context.SetFlat(node.Output, context.Part(input, 0, node.Output.Shape.ToArray()));
            return;
        }
        string kind = Kinds.Of(nameof(Transpose<>), node.Output.Type);
        FlatLayers.Map(context, node, kind, $"axes {string.Join(", ", permutation)}", ("permutation", permutation));
    }
}
