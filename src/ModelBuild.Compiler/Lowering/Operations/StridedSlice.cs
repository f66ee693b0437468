using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using StridedSlice = ModelBuild.Compiler.Graph.Operations.StridedSlice;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="StridedSlice"/>.</summary>
internal static class StridedSliceLowering
{
    public static void Lower(LoweringContext context, Node node, StridedSlice slice)
    {
        for (int operand = 1; operand < node.Inputs.Length; operand++) LoweringContext.Integers(node, operand, "the ends of the slice");
        StridedSliceRange range = slice.Resolve(node.Inputs[0].Shape, [.. node.Inputs.Skip(1).Select(input => input.Constant!)]);
        (int[] begin, int[] strides, int[] size) = (range.Begin, range.Strides, range.Size);
        string remarks = $"slice from [{string.Join(", ", begin)}]";
        bool isDense = strides.Zip(size).All(axis => axis.First == 1 || axis.Second == 1);
        if (isDense && ImageSlices.TryLower(context, node.Name, remarks, node.Inputs[0], node.Output, begin, size)) return;
        FlatDraft input = context.Flat(node.Inputs[0]);
        if (ContiguousBox.Start(input.Shape, begin, strides, size) is { } start)
        {
            context.SetFlat(node.Output, context.Part(input, start, node.Output.Shape.ToArray()));
            return;
        }
        string kind = Kinds.Of(nameof(StridedSlice<>), input.Type);
        FlatLayers.Map(context, node, kind, remarks, ("begin", begin), ("strides", strides), ("size", size));
    }
}
