using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Select = ModelBuild.Compiler.Graph.Operations.Select;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Select"/>.</summary>
internal static class SelectLowering
{
    public static void Lower(LoweringContext context, Node node, Select select) =>
        context.Add(new LayerDraft(Kinds.Of(nameof(Select<>), node.Output.Type), node.Name, "selection")
        {
            Arguments =
            [
                ("condition", context.Flat(node.Inputs[0])), ("left", context.Flat(node.Inputs[1])), ("right", context.Flat(node.Inputs[2])),
                ("output", context.NewFlat(node.Output)), ("rows", select.Rows),
            ],
        });
}
