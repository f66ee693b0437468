using CsCheck;

namespace ModelBuild.Kernels.Tests;

public class DenseInt8Tests
{
    public static TheoryData<string> Variants => ConvolutionInt8Tests.Variants;

    [SkippableTheory]
    [MemberData(nameof(Variants))]
    public void Equals_the_definition(string name)
    {
        KernelVariant variant = Supported.Variant(name);
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 70], Gen.Bool, Gen.Int[0, 1 << 30]).Sample((inputs, outputs, extreme, seed) =>
            Check(new ConvolutionCase(1, 1, inputs, outputs, 1, 1, 1, 1, true, true, extreme, seed), variant), iter: 400);
    }

    /// <summary>A dense layer is a 1x1 convolution of one pixel.</summary>
    private static void Check(ConvolutionCase shape, KernelVariant variant)
    {
        ConvolutionData data = new(shape);
        ImageBuffer input = new(0, shape.Channels, 1, 1, 1, 0, 1, -1);
        ImageBuffer output = new(128, shape.Outputs, 1, 1, 1, 0, 1, -1);
        DenseInt8 layer = new(
            variant, input, output, data.Weights, data.Bias, data.Multipliers, data.InputZeroPoint,
            new Requantization(data.OutputZeroPoint, data.Minimum, data.Maximum));
        Workspace workspace = new(256);
        Images.Write(input, workspace.Bytes(input), data.Pixels, new Random(1));
        layer.Run(workspace);
        Assert.Equal(data.Reference(), Images.Read(output, workspace.Bytes(output)));
    }
}
