using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Unpack = ModelBuild.Compiler.Graph.Operations.Unpack;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Unpack"/>: parts of the same memory where their elements lie together, else a layer an output.</summary>
internal static class UnpackLowering
{
    public static void Lower(LoweringContext context, Node node, Unpack unpack)
    {
        FlatDraft input = context.Flat(node.Inputs[0]);
        int axis = Inference.Axis(unpack.Axis, input.Shape.Length);
        int[] begin = new int[input.Shape.Length], size = [.. input.Shape];
        size[axis] = 1;
        for (int index = 0; index < unpack.Count; index++)
        {
            Value output = node.Outputs[index];
            begin[axis] = index;
            if (ContiguousBox.Start(input.Shape, begin, size) is { } start)
                context.SetFlat(output, context.Part(input, start, output.Shape.ToArray()));
            else if (context.IsRead(output))
            {
                string remarks = $"element {index + 1} of {unpack.Count} along axis {axis}";
                context.Add(new LayerDraft(Kinds.Of(nameof(Unpack<>), input.Type), node.Name, remarks)
                {
                    Arguments = [("input", input), ("output", context.NewFlat(output)), ("axis", axis), ("index", index)],
                });
            }
        }
    }
}
