using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="DepthwiseConvolution"/>, a convolution with as many groups as channels.</summary>
internal static class DepthwiseConvolutionLowering
{
    public static void Lower(LoweringContext context, Node node, DepthwiseConvolution convolution)
    {
        (Shape x, Shape weights, Shape output) = (node.Inputs[0].Shape, node.Inputs[1].Shape, node.Output.Shape);
        ConvolutionShape shape = SpatialShapes.Of(
            x, weights, output.Dimensions, convolution.Strides, convolution.Dilations, convolution.Padding, x[3]);
        if (QuantizedConvolution.TryLower(context, node, shape, convolution.Clamp)) return;
        if (FloatConvolution.Takes(node))
        {
            FloatConvolution.LowerDepthwise(context, node, shape, convolution.Clamp);
            return;
        }
        FlatDraft filters = context.Part(context.Flat(node.Inputs[1]), 0, [weights[0], weights[1], 1, output[3]]);
        SpatialLayers.Convolve(context, node, filters, SpatialWindow.Of(convolution, weights), convolution.Clamp);
    }
}
