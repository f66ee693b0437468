using CsCheck;

namespace ModelBuild.Kernels.Tests;

public class ConvolutionInt8Tests
{
    [SkippableTheory]
    [MemberData(nameof(Supported.VariantsAndPlacements), MemberType = typeof(Supported))]
    public void Equals_the_definition(string name, Placement placement)
    {
        KernelVariant variant = Supported.Variant(name);
        Supported.Need(placement);
        ConvolutionCase.Random(depthwise: false).Sample(shape => ConvolutionChecks.Int8(shape, variant, placement), iter: 300);
    }

    [Theory]
    [InlineData(127, false)]
    [InlineData(7, true)]
    public void Small_weights_take_the_kernel_of_long_runs(int greatest, bool isSmall)
    {
        const int Channels = 64, Outputs = 32, Pixels = 100;
        Random random = new(1);
        sbyte[] weights = [.. Enumerable.Range(0, Channels * Outputs).Select(_ => (sbyte)random.Next(-greatest, greatest + 1))];
        ImageBuffer input = new(0, Channels, 1, Pixels, Pixels, 0, Pixels, -1);
        KernelVariant chosen = ConvolutionProgramBuilder.Choose(input, new ConvolutionWindow(1, 1, 1, 1, 1, 1, 0, 0), weights, Outputs, 1, Channels);
        Assert.Equal(isSmall ? KernelVariants.ConvolutionOfSmallWeights : KernelVariants.Convolution, chosen);
    }
}
