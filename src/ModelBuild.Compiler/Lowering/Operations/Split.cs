using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Split = ModelBuild.Compiler.Graph.Operations.Split;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Split"/>: parts of the same memory where their elements lie together, else a layer an output.</summary>
internal static class SplitLowering
{
    public static void Lower(LoweringContext context, Node node, Split split)
    {
        Value x = node.Inputs[0];
        int axis = Inference.Axis(split.Axis, x.Shape.Rank);
        int[] begin = new int[x.Shape.Rank];
        for (int part = 0; part < split.Count; part++)
        {
            Value output = node.Outputs[part];
            string remarks = $"part {part + 1} of {split.Count} along axis {axis}";
            if (context.IsRead(output)) Lower(context, node.Name, remarks, x, output, axis, begin);
            begin[axis] += output.Shape[axis];
        }
    }

    private static void Lower(LoweringContext context, string name, string remarks, Value x, Value output, int axis, int[] begin)
    {
        int[] size = output.Shape.ToArray();
        if (ImageSlices.TryLower(context, name, remarks, x, output, begin, size)) return;
        FlatDraft input = context.Flat(x);
        if (ContiguousBox.Start(input.Shape, begin, size) is { } start)
        {
            context.SetFlat(output, context.Part(input, start, size));
            return;
        }
        context.Add(new LayerDraft(Kinds.Of(nameof(Split<>), input.Type), name, remarks)
        {
            Arguments = [("input", input), ("output", context.NewFlat(output)), ("axis", axis), ("position", begin[axis])],
        });
    }
}
