using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="TransposedConvolution"/> and <see cref="TransposedConvolution3D"/>.</summary>
internal static class TransposedConvolutionReference
{
    public static Tensor Run(TransposedConvolution convolution, IReadOnlyList<Tensor> inputs)
    {
        SpatialWindow window = SpatialWindow.Of(convolution, inputs[1].Shape);
        return SpatialReference.Convolve(inputs[0], inputs[1], Tensors.OutputShape(convolution, inputs), window, true);
    }

    public static Tensor Volume(TransposedConvolution3D convolution, IReadOnlyList<Tensor> inputs)
    {
        SpatialWindow window = SpatialWindow.Of(convolution, inputs[1].Shape);
        return SpatialReference.Convolve(inputs[0], inputs[1], Tensors.OutputShape(convolution, inputs), window, true);
    }
}
