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
        (Value x, Value output) = (node.Inputs[0], node.Output);
        int[] begin = LoweringContext.Integers(node, 1, "the first elements of the slice"), size = output.Shape.ToArray();
        string remarks = $"slice from [{string.Join(", ", begin)}]";
        if (ImageSlices.TryLower(context, node.Name, remarks, x, output, begin, size)) return;
        FlatDraft input = context.Flat(x);
        if (ContiguousBox.Start(input.Shape, begin, size) is { } start) context.SetFlat(output, context.Part(input, start, size));
        else FlatLayers.Map(context, node, Kinds.Of(nameof(Slice<>), input.Type), remarks, ("begin", begin));
    }
}
