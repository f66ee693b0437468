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
        FlatDraft input = context.Flat(node.Inputs[0]);
        if (ContiguousBox.Start(input.Shape, range.Begin, range.Strides, range.Size) is { } start)
        {
            context.SetFlat(node.Output, context.Part(input, start, node.Output.Shape.ToArray()));
            return;
        }
        FlatLayers.Map(
            context, node, Kinds.Of(nameof(StridedSlice<>), input.Type), $"slice from [{string.Join(", ", range.Begin)}]",
            ("begin", range.Begin), ("strides", range.Strides), ("size", range.Size));
    }
}
