using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using CropAndResize = ModelBuild.Compiler.Graph.Operations.CropAndResize;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="CropAndResize"/>.</summary>
internal static class CropAndResizeLowering
{
    public static void Lower(LoweringContext context, Node node, CropAndResize crop) => FlatLayers.Add(
        context, node, Kinds.Of(nameof(CropAndResize<>), node.Inputs[0].Type),
        $"boxes cut out, {node.Output.Shape[1]}x{node.Output.Shape[2]} each", ["input", "boxes", "images"], ("nearest", crop.Nearest),
        ("outside", crop.Outside));
}
