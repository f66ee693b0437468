namespace ModelBuild.Kernels.Tests;

public class FloatSumsTests
{
    [Fact]
    public void One_fused_instruction_gives_the_rounded_product()
    {
        Random random = new(1);
        for (int i = 0; i < 200_000; i++)
        {
            int bits = random.Next(24);
            float multiplier = BitConverter.Int32BitsToSingle(
                BitConverter.SingleToInt32Bits(MathF.Exp(random.NextSingle() * 30 - 25)) & -1 << bits);
            int sum = random.Next(-(1 << 22) + 1, 1 << 22) >> random.Next(22);
            if (!FloatSums.AreExact(multiplier, sum, sum)) continue;
            float accumulator = BitConverter.Int32BitsToSingle(FloatSums.StartBits + sum);
            Assert.Equal(sum * multiplier, MathF.FusedMultiplyAdd(accumulator, multiplier, -FloatSums.Start * multiplier));
        }
    }

    [Theory]
    [InlineData(0.0078125f, true)]
    [InlineData(0f, true)]
    [InlineData(0.1f, false)] // 24 bits
    [InlineData(1e-40f, false)]
    [InlineData(256f, false)]
    [InlineData(float.NaN, false)]
    public void Multipliers_are_normal_and_of_few_bits(float multiplier, bool exact) =>
        Assert.Equal(exact, FloatSums.AreExact(multiplier, -1000, 1000));

    [Fact]
    public void Sums_stay_within_the_mantissa()
    {
        Assert.True(FloatSums.AreExact(0.5f, 1 - (1 << 22), (1 << 22) - 1));
        Assert.False(FloatSums.AreExact(0.5f, 0, 1 << 22));
        Assert.False(FloatSums.AreExact(0.5f, -(1 << 22), 0));
    }
}
