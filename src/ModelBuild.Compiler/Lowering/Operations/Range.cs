using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Range = ModelBuild.Compiler.Graph.Operations.Range;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Range"/>.</summary>
internal static class RangeLowering
{
    public static void Lower(LoweringContext context, Node node, Range range) =>
        context.Add(new LayerDraft(Kinds.Number(nameof(Range<>), node.Output.Type), node.Name, "numbers in progression")
        {
            Arguments =
            [
                ("start", context.Flat(node.Inputs[0])), ("delta", context.Flat(node.Inputs[2])), ("output", context.NewFlat(node.Output)),
            ],
        });
}
