using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Segment"/>.</summary>
internal static class SegmentLowering
{
    public static void Lower(LoweringContext context, Node node, Segment segment)
    {
        FlatDraft input = context.Flat(node.Inputs[0]), ids = context.Flat(node.Inputs[1]), output = context.NewFlat(node.Output);
        FlatDraft counts = context.NewFlat($"{node.Name}/counts", DataType.Int32, [output.Shape[0]]);
        string function = segment.Kind.ToString(), kind = Kinds.Number(nameof(SegmentReduce<,>), input.Type, ids.Type);
        context.Add(new LayerDraft(kind, node.Name, $"{Phrases.Words(function)} of segments")
        {
            Arguments =
            [
                ("input", input), ("ids", ids), ("counts", counts), ("output", output),
                ("function", function), ("sorted", segment.Sorted),
            ],
        });
    }
}
