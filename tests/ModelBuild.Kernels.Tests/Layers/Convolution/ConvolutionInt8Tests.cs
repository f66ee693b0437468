using CsCheck;

namespace ModelBuild.Kernels.Tests;

public class ConvolutionInt8Tests
{
    /// <summary>All instruction sets; a machine that lacks one skips its tests.</summary>
    public static TheoryData<string> Variants => new(Enum.GetNames<KernelVariant>());

    [SkippableTheory]
    [MemberData(nameof(Variants))]
    public void Equals_the_definition(string name)
    {
        KernelVariant variant = Supported.Variant(name);
        ConvolutionCase.Random(depthwise: false).Sample(shape => Check(shape, variant), iter: 400);
    }

    internal static void Check(ConvolutionCase shape, KernelVariant variant)
    {
        ConvolutionData data = new(shape);
        ConvolutionGeometry geometry = new(shape, data.InputZeroPoint, outputBorder: 17);
        ConvolutionWindow window = new(
            shape.Kernel, shape.Kernel, shape.Stride, shape.Stride, shape.Dilation, shape.Dilation, shape.PadTop, shape.PadLeft);
        ConvolutionInt8 layer = new(
            variant, geometry.Input, geometry.Output, data.Weights, data.Bias, data.Multipliers, window, shape.Groups, shape.Channels,
            data.InputZeroPoint, new Requantization(data.OutputZeroPoint, data.Minimum, data.Maximum));
        Assert.Equal(data.Reference(), Run(layer, geometry, data));
    }

    internal static byte[] Run(Layer layer, ConvolutionGeometry geometry, ConvolutionData data)
    {
        Workspace workspace = new(geometry.Length);
        Random noise = new(1);
        noise.NextBytes(workspace.Bytes(geometry.Input));
        noise.NextBytes(workspace.Bytes(geometry.Output));
        Images.Write(geometry.Image, workspace.Bytes(geometry.Image), data.Pixels, noise);
        geometry.Split?.Run(workspace);
        layer.Run(workspace);
        Images.AssertBorder(geometry.Output, workspace.Bytes(geometry.Output));
        return Images.Read(geometry.Output, workspace.Bytes(geometry.Output));
    }
}
