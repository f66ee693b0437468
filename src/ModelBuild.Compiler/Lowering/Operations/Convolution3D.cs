using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference.Operations;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Convolution3D"/>.</summary>
internal static class Convolution3DLowering
{
    public static void Lower(LoweringContext context, Node node, Convolution3D convolution)
    {
        SpatialWindow window = SpatialWindow.Of(convolution, node.Inputs[1].Shape);
        SpatialLayers.Convolve(context, node, context.Flat(node.Inputs[1]), window, Clamp.None);
    }
}
