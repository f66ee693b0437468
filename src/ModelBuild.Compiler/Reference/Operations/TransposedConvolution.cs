using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="TransposedConvolution"/> and <see cref="TransposedConvolution3D"/>.</summary>
internal static class TransposedConvolutionReference
{
    public static Tensor Run(TransposedConvolution convolution, IReadOnlyList<Tensor> inputs)
    {
        SpatialReference.Window window = new(
            [.. inputs[1].Shape.Dimensions[..2]], [convolution.Strides.Height, convolution.Strides.Width],
            [convolution.Dilations.Height, convolution.Dilations.Width], convolution.Padding);
        return SpatialReference.Convolve(inputs[0], inputs[1], Tensors.OutputShape(convolution, inputs), window, true);
    }

    public static Tensor Volume(TransposedConvolution3D convolution, IReadOnlyList<Tensor> inputs)
    {
        SpatialReference.Window window = new(
            [.. inputs[1].Shape.Dimensions[..3]], [convolution.Strides.Depth, convolution.Strides.Height, convolution.Strides.Width],
            [convolution.Dilations.Depth, convolution.Dilations.Height, convolution.Dilations.Width], convolution.Padding);
        return SpatialReference.Convolve(inputs[0], inputs[1], Tensors.OutputShape(convolution, inputs), window, true);
    }
}
