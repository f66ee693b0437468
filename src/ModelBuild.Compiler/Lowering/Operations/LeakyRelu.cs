using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using LeakyRelu = ModelBuild.Compiler.Graph.Operations.LeakyRelu;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="LeakyRelu"/>.</summary>
internal static class LeakyReluLowering
{
    public static void Lower(LoweringContext context, Node node, LeakyRelu relu)
    {
        if (LookupTables.TryLower(context, node, "leaky relu")) return;
        context.Add(new LayerDraft(Kinds.Numeric(node.Inputs[0].Type, nameof(LeakyRelu<>), null), node.Name, "leaky relu")
        {
            Arguments = [("input", context.Flat(node.Inputs[0])), ("output", context.NewFlat(node.Output)), ("alpha", relu.Alpha)],
        });
    }
}
