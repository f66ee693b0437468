using System.Runtime.CompilerServices;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>
/// Executes <see cref="Convolution"/>, of float32 by the kernels' float convolution, image by image, and <see cref="Convolution3D"/>.
/// </summary>
internal static class ConvolutionReference
{
    // Weights are constants, packed once for all calls as long as the tensor lives.
    private static readonly ConditionalWeakTable<Tensor, Entry> Packed = [];

    public static Tensor Run(Convolution convolution, IReadOnlyList<Tensor> inputs)
    {
        (Tensor x, Tensor weights) = (inputs[0], inputs[1]);
        int[] output = Tensors.OutputShape(convolution, inputs);
        if (x.Type != DataType.Float32 || x.Count == 0 || output.Contains(0))
        {
            SpatialWindow window = SpatialWindow.Of(convolution, inputs[1].Shape);
            return SpatialReference.Convolve(x, weights, output, window, false);
        }
        ConvolutionShape shape = SpatialShapes.Of(
            x.Shape, weights.Shape, output, convolution.Strides, convolution.Dilations, convolution.Padding, x.Shape[3] / weights.Shape[2]);
        return Tensors.Floats(output, elements => Run(x, Pack(shape, weights, inputs.ElementAtOrDefault(2)), elements, convolution.Clamp));
    }

    public static Tensor Volume(Convolution3D convolution, IReadOnlyList<Tensor> inputs)
    {
        SpatialWindow window = SpatialWindow.Of(convolution, inputs[1].Shape);
        return SpatialReference.Convolve(inputs[0], inputs[1], Tensors.OutputShape(convolution, inputs), window, false);
    }

    private static void Run(Tensor x, PackedConvolution packed, float[] elements, Clamp clamp)
    {
        for (int image = 0; image < x.Shape[0]; image++)
            ConvolutionFloat.Run(
                x.Elements<float>().Slice(image * packed.Shape.InputLength, packed.Shape.InputLength),
                elements.AsSpan(image * packed.Shape.OutputLength, packed.Shape.OutputLength), packed, clamp.Minimum, clamp.Maximum);
    }

    private static PackedConvolution Pack(ConvolutionShape shape, Tensor weights, Tensor? bias)
    {
        if (Packed.TryGetValue(weights, out Entry? entry) && entry.Bias == bias && entry.Packed.Shape == shape) return entry.Packed;
        PackedConvolution packed = new(shape, weights.Elements<float>().ToArray(), bias is null ? [] : bias.Elements<float>().ToArray());
        Packed.AddOrUpdate(weights, new Entry(bias, packed));
        return packed;
    }

    private sealed record Entry(Tensor? Bias, PackedConvolution Packed);
}
