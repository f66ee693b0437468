namespace ModelBuild.Kernels.Tests;

public class ConvolutionProgramTests
{
    // 127 * 255 * 129 = 4,177,665 lies a little below 2^22.
    private const int Weights = 129;
    private const int Reach = Weights * 127 * 255;
    private const int Greatest = (1 << 22) - 1;

    [SkippableTheory]
    [InlineData(127, Greatest - Reach, true)]
    [InlineData(127, Greatest - Reach + 1, false)]
    [InlineData(-127, Reach - Greatest, true)]
    [InlineData(-127, Reach - Greatest - 1, false)]
    public void Accumulators_are_floats_as_far_as_sums_of_all_activations_are_exact(sbyte weight, int bias, bool exact)
    {
        KernelVariant variant = Supported.Variant(nameof(KernelVariant.Avx512));
        // A second output, of weights of both signs, reaches half as far to either side.
        sbyte[] weights =
        [
            .. Enumerable.Repeat(weight, Weights),
            .. Enumerable.Range(0, Weights).Select(i => (sbyte)(i % 2 == 0 ? 127 : -127)),
        ];
        ConvolutionProgram program = Program(weights, [bias, Reach / 3]);
        int initial = program.Initial[0];
        Assert.Equal(exact, program.TryMakeFloat(variant, [0.5f, 0.25f], Weights));
        Assert.Equal(exact ? FloatSums.StartBits : 0, program.Initial[0] - initial);
    }

    [Theory]
    [InlineData(nameof(KernelVariant.Scalar))]
    [InlineData(nameof(KernelVariant.Vector128))]
    [InlineData(nameof(KernelVariant.ArmDp))]
    public void Variants_without_the_instruction_have_integers(string variant)
    {
        sbyte[] weights = new sbyte[Weights * 2];
        Assert.False(Program(weights, [1, 2]).TryMakeFloat(Enum.Parse<KernelVariant>(variant), [0.5f, 0.5f], Weights));
    }

    /// <summary>Of two outputs of a 1x1 convolution whose input's zero point is 0.</summary>
    private static ConvolutionProgram Program(sbyte[] weights, int[] bias)
    {
        ImageBuffer input = new(0, Weights, 1, 16, 16, 0, 16, -1);
        ConvolutionProgram program = ConvolutionProgramBuilder.Build(
            input, new ConvolutionWindow(1, 1, 1, 1, 1, 1, 0, 0), weights, 2, 1, Weights, false);
        program.SetInitial(bias, 0);
        return program;
    }
}
