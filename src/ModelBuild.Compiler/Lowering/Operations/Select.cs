using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Select = ModelBuild.Compiler.Graph.Operations.Select;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Select"/>.</summary>
internal static class SelectLowering
{
    public static void Lower(LoweringContext context, Node node, Select select)
    {
        string kind = Kinds.Of(nameof(Select<>), node.Output.Type);
        FlatLayers.Add(context, node, kind, "selection", ["condition", "left", "right"], ("rows", select.Rows));
    }
}
