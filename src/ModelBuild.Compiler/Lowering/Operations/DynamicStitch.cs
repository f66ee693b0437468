using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="DynamicStitch"/>: zeros, over which a layer puts the slices of each input.</summary>
internal static class DynamicStitchLowering
{
    public static void Lower(LoweringContext context, Node node, DynamicStitch stitch)
    {
        FlatDraft[] inputs = [.. node.Inputs.Select(context.Flat)];
        FlatDraft output = context.NewFlat(node.Output);
        int count = inputs.Length / 2;
        // TensorFlow leaves what no index names as it is in memory.
        Tensor zero = new(output.Type, Shape.Scalar, ElementTypes.Allocate(output.Type, 1));
        context.Add(new LayerDraft(Kinds.Of(nameof(Fill<>), output.Type), $"{node.Name}/zeros", "zeros")
        {
            Arguments = [("value", context.Constant($"{node.Name}/zero", zero)), ("output", output)],
        });
        for (int i = 0; i < count; i++)
        {
            FlatDraft indices = context.Part(inputs[i], 0, [inputs[i].Length, 1]);
            FlatDraft updates = context.Part(inputs[count + i], 0, [inputs[i].Length, .. output.Shape[1..]]);
            string kind = Kinds.Of(nameof(TensorScatterUpdate<,>), output.Type, indices.Type);
            context.Add(new LayerDraft(kind, node.Name, $"slices put by index, part {i + 1} of {count}")
            {
                Arguments = [("input", output), ("indices", indices), ("updates", updates), ("output", output)],
            });
        }
    }
}
