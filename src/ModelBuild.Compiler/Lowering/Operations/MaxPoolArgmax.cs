using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference.Operations;
using ModelBuild.Kernels;
using MaxPoolArgmax = ModelBuild.Compiler.Graph.Operations.MaxPoolArgmax;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="MaxPoolArgmax"/>.</summary>
internal static class MaxPoolArgmaxLowering
{
    public static void Lower(LoweringContext context, Node node, MaxPoolArgmax pool)
    {
        SpatialWindow window = SpatialWindow.Of(pool);
        FlatDraft input = context.Flat(node.Inputs[0]);
        context.Add(new LayerDraft(
            Kinds.Of(nameof(MaxPoolArgmax<,>), input.Type, pool.IndexType), node.Name,
            Phrases.Of("max pool", window.Size, window.Strides) + ", with positions")
        {
            Arguments =
            [
                ("input", input), ("values", context.NewFlat(node.Outputs[0])), ("positions", context.NewFlat(node.Outputs[1])),
                ("window", window.Size), ("strides", window.Strides), ("pads", window.Pads(node.Inputs[0].Shape)),
                ("includeBatch", pool.IncludeBatch),
            ],
        });
    }
}
