using CsCheck;
using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Quantization;

namespace ModelBuild.Compiler.Tests.Quantization;

public class ActivationQuantizerTests
{
    private static readonly Gen<ValueRange> Ranges = Gen.Select(Gen.Single[-1000, 1000], Gen.Single[-1000, 1000])
        .Select(pair => new ValueRange(Math.Min(pair.Item1, pair.Item2), Math.Max(pair.Item1, pair.Item2)));

    [Fact]
    public void Zero_is_exact_and_the_ends_are_half_a_step_away_at_most() => Ranges.Sample(range =>
    {
        ActivationQuantization quantization = ActivationQuantizer.Of(range);
        Assert.InRange(quantization.ZeroPoint, 0, 255);
        Assert.Equal(quantization.ZeroPoint, quantization.Quantize(0));
        foreach (float end in new[] { range.Minimum, range.Maximum })
            Assert.InRange(Math.Abs(quantization.Scale * (quantization.Quantize(end) - quantization.ZeroPoint) - end), 0, quantization.Scale * 0.502f);
    });

    [Fact]
    public void A_value_that_is_always_zero_has_a_scale() => Assert.Equal(new ActivationQuantization(1f / 255, 0), ActivationQuantizer.Of(new ValueRange(0, 0)));
}
