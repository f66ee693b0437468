using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="TensorScatter"/>.</summary>
internal static class TensorScatterLowering
{
    public static void Lower(LoweringContext context, Node node, TensorScatter scatter)
    {
        (DataType type, DataType index) = (node.Output.Type, node.Inputs[1].Type);
        string[] operands = ["input", "indices", "updates"];
        if (scatter.Kind == ScatterKind.Replace)
        {
            string update = Kinds.Of(nameof(TensorScatterUpdate<,>), type, index);
            FlatLayers.Add(context, node, update, "slices replaced by coordinates", operands);
            return;
        }
        string function = scatter.Kind.ToString(), kind = Kinds.Number(nameof(TensorScatterApply<,>), type, index);
        FlatLayers.Add(context, node, kind, $"slices by coordinates, {Phrases.Words(function)}", operands, ("function", function));
    }
}
