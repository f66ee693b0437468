using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Logical = ModelBuild.Compiler.Graph.Operations.Logical;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Logical"/>.</summary>
internal static class LogicalLowering
{
    public static void Lower(LoweringContext context, Node node, Logical logical) =>
        context.Add(new LayerDraft(nameof(Logical), node.Name, Phrases.Words(logical.Function.ToString()))
        {
            Arguments =
            [
                ("left", context.Flat(node.Inputs[0])), ("right", context.Flat(node.Inputs[1])), ("output", context.NewFlat(node.Output)),
                ("function", logical.Function.ToString()),
            ],
        });
}
