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
        FlatDraft input = context.Flat(node.Inputs[0]);
        int axis = Inference.Axis(split.Axis, input.Shape.Length);
        int[] begin = new int[input.Shape.Length];
        for (int part = 0; part < split.Count; part++)
        {
            Value output = node.Outputs[part];
            int[] size = output.Shape.ToArray();
            if (ContiguousBox.Start(input.Shape, begin, size) is { } start) context.SetFlat(output, context.Part(input, start, size));
            else if (context.IsRead(output))
            {
                string remarks = $"part {part + 1} of {split.Count} along axis {axis}";
                context.Add(new LayerDraft(Kinds.Of(nameof(Split<>), input.Type), node.Name, remarks)
                {
                    Arguments = [("input", input), ("output", context.NewFlat(output)), ("axis", axis), ("position", begin[axis])],
                });
            }
            begin[axis] += size[axis];
        }
    }
}
