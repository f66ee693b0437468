using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="DepthwiseConvolution"/>, of float32 by the kernels' float path, image by image.</summary>
internal static class DepthwiseConvolutionReference
{
    public static Tensor Run(DepthwiseConvolution convolution, IReadOnlyList<Tensor> inputs)
    {
        (Tensor x, Tensor weights) = (inputs[0], inputs[1]);
        int[] output = Tensors.OutputShape(convolution, inputs);
        if (x.Type != DataType.Float32 || x.Count == 0 || output.Contains(0)) return Plain(convolution, x, weights, output);
        ConvolutionShape shape = SpatialShapes.Of(
            x.Shape, weights.Shape, output, convolution.Strides, convolution.Dilations, convolution.Padding, x.Shape[3]);
        float[] taps = (float[])weights.Data, bias = inputs.Count > 2 ? (float[])inputs[2].Data : new float[output[3]];
        Clamp clamp = convolution.Clamp;
        return Tensors.Floats(output, elements =>
        {
            PackedConvolution? packed = weights.Shape[3] > 1 ? new PackedConvolution(shape, taps, bias) : null;
            for (int image = 0; image < x.Shape[0]; image++)
            {
                ReadOnlySpan<float> source = x.Elements<float>().Slice(image * shape.InputLength, shape.InputLength);
                Span<float> target = elements.AsSpan(image * shape.OutputLength, shape.OutputLength);
                if (packed is not null) ConvolutionFloat.Run(source, target, packed, clamp.Minimum, clamp.Maximum);
                else DepthwiseFloat.Run(new DepthwiseFloatOperands(shape, source, taps, bias, clamp.Minimum, clamp.Maximum), target);
            }
        });
    }

    /// <summary>As a convolution with a group a channel, of weights [kh,kw,1,c*multiplier].</summary>
    private static Tensor Plain(DepthwiseConvolution convolution, Tensor x, Tensor weights, int[] output)
    {
        SpatialWindow window = SpatialWindow.Of(convolution, weights.Shape);
        return SpatialReference.Convolve(x, weights.Reshape(Shape.Of(weights.Shape[0], weights.Shape[1], 1, output[3])), output, window, false);
    }
}
