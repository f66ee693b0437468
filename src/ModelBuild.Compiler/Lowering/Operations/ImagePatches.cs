using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference.Operations;
using ModelBuild.Kernels;
using ImagePatches = ModelBuild.Compiler.Graph.Operations.ImagePatches;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="ImagePatches"/>.</summary>
internal static class ImagePatchesLowering
{
    public static void Lower(LoweringContext context, Node node, ImagePatches patches)
    {
        SpatialWindow window = SpatialWindow.Of(patches);
        FlatLayers.Map(
            context, node, Kinds.Of(nameof(ImagePatches<>), node.Output.Type), Phrases.Of("patches", window.Size, window.Strides),
            ("window", window.Size), ("strides", window.Strides), ("dilations", window.Dilations),
            ("pads", window.Pads(node.Inputs[0].Shape)));
    }
}
