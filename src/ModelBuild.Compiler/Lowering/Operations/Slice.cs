using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Slice = ModelBuild.Compiler.Graph.Operations.Slice;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Slice"/>.</summary>
internal static class SliceLowering
{
    public static void Lower(LoweringContext context, Node node, Slice slice)
    {
        int[] begin = LoweringContext.Integers(node, 1, "the first elements of the slice"), size = node.Output.Shape.ToArray();
        FlatDraft input = context.Flat(node.Inputs[0]);
        if (ContiguousBox.Start(input.Shape, begin, size) is { } start)
        {
            context.SetFlat(node.Output, context.Part(input, start, size));
            return;
        }
        string kind = Kinds.Of(nameof(Slice<>), input.Type);
        FlatLayers.Map(context, node, kind, $"slice from [{string.Join(", ", begin)}]", ("begin", begin));
    }
}
