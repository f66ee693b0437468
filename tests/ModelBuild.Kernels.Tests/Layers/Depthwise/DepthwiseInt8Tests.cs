using CsCheck;

namespace ModelBuild.Kernels.Tests;

public class DepthwiseInt8Tests
{
    public static TheoryData<string> Variants => ConvolutionInt8Tests.Variants;

    [SkippableTheory]
    [MemberData(nameof(Variants))]
    public void Equals_the_definition(string name)
    {
        KernelVariant variant = Supported.Variant(name);
        ConvolutionCase.Random(depthwise: true).Sample(shape => Check(shape, variant), iter: 400);
    }

    internal static void Check(ConvolutionCase shape, KernelVariant variant)
    {
        ConvolutionData data = new(shape);
        ConvolutionGeometry geometry = new(shape, data.InputZeroPoint, outputBorder: 17);
        ConvolutionWindow window = new(
            shape.Kernel, shape.Kernel, shape.Stride, shape.Stride, shape.Dilation, shape.Dilation, shape.PadTop, shape.PadLeft);
        DepthwiseInt8 layer = new(
            variant, geometry.Input, geometry.Output, data.Weights, data.Bias, data.Multipliers, window, shape.Channels,
            data.InputZeroPoint, new Requantization(data.OutputZeroPoint, data.Minimum, data.Maximum));
        Assert.Equal(data.Reference(), ConvolutionInt8Tests.Run(layer, geometry, data));
    }
}
