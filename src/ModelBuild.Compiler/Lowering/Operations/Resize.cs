using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Resize"/>.</summary>
internal static class ResizeLowering
{
    public static void Lower(LoweringContext context, Node node, Resize resize)
    {
        string remarks = $"{Phrases.Words(resize.Kind.ToString())} resize to {node.Output.Shape[1]}x{node.Output.Shape[2]}";
        bool isNearest = resize.Kind == ResizeKind.Nearest;
        (string, object)[] method = isNearest ? [] : [("method", resize.Kind.ToString())];
        FlatLayers.Map(
            context, node, Kinds.Of(isNearest ? nameof(ResizeNearest<>) : nameof(Resize<>), node.Inputs[0].Type), remarks,
            [.. method, ("alignCorners", resize.AlignCorners), ("halfPixelCenters", resize.HalfPixelCenters)]);
    }
}
