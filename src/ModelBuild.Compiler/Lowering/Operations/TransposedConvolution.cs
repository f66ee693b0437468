using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference.Operations;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="TransposedConvolution"/> and <see cref="TransposedConvolution3D"/>.</summary>
internal static class TransposedConvolutionLowering
{
    public static void Lower(LoweringContext context, Node node, TransposedConvolution convolution) =>
        Lower(context, node, SpatialWindow.Of(convolution, node.Inputs[1].Shape));

    public static void LowerVolume(LoweringContext context, Node node, TransposedConvolution3D convolution) =>
        Lower(context, node, SpatialWindow.Of(convolution, node.Inputs[1].Shape));

    private static void Lower(LoweringContext context, Node node, SpatialWindow window) =>
        SpatialLayers.Convolve(context, node, context.Flat(node.Inputs[1]), window, Clamp.None, transposed: true);
}
