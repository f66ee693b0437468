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
        FlatLayers.Map(context, node, Kinds.Numeric(node.Output.Type, nameof(LeakyRelu<>), null), "leaky relu", ("alpha", relu.Alpha));
    }
}
