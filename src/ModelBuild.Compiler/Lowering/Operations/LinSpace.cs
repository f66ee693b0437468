using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using LinSpace = ModelBuild.Compiler.Graph.Operations.LinSpace;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="LinSpace"/>.</summary>
internal static class LinSpaceLowering
{
    public static void Lower(LoweringContext context, Node node, LinSpace linSpace)
    {
        string kind = Kinds.Numeric(node.Output.Type, nameof(LinSpace<>), null);
        FlatLayers.Add(context, node, kind, "numbers at equal distances", ["start", "stop"]);
    }
}
