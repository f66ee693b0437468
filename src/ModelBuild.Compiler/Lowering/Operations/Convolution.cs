using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Convolution"/>: in int8, with its input's range found in the call, in float, or the plain way.</summary>
internal static class ConvolutionLowering
{
    public static void Lower(LoweringContext context, Node node, Convolution convolution)
    {
        (Shape x, Shape weights, Shape output) = (node.Inputs[0].Shape, node.Inputs[1].Shape, node.Output.Shape);
        ConvolutionShape shape = SpatialShapes.Of(
            x, weights, output.Dimensions, convolution.Strides, convolution.Dilations, convolution.Padding, x[3] / weights[2]);
        if (QuantizedConvolution.TryLower(context, node, shape, convolution.Clamp)) return;
        if (FloatConvolution.Takes(node)) FloatConvolution.Lower(context, node, shape, convolution.Clamp);
        else SpatialLayers.Convolve(context, node, context.Flat(node.Inputs[1]), SpatialWindow.Of(convolution, weights), convolution.Clamp);
    }
}
