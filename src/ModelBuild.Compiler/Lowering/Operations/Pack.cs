using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Pack = ModelBuild.Compiler.Graph.Operations.Pack;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Pack"/>: a layer an input.</summary>
internal static class PackLowering
{
    public static void Lower(LoweringContext context, Node node, Pack pack)
    {
        int axis = Inference.Axis(pack.Axis, node.Output.Shape.Rank);
        FlatDraft[] inputs = [.. node.Inputs.Select(context.Flat)];
        FlatDraft output = context.NewFlat(node.Output);
        for (int i = 0; i < inputs.Length; i++)
        {
            context.Add(new LayerDraft(Kinds.Of(nameof(Pack<>), output.Type), node.Name, $"stack, part {i + 1} of {inputs.Length}")
            {
                Arguments = [("input", inputs[i]), ("output", output), ("axis", axis), ("index", i)],
            });
        }
    }
}
