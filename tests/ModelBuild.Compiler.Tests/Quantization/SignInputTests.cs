using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization;

namespace ModelBuild.Compiler.Tests.Quantization;

/// <summary><see cref="SignInput"/>: what is left of activations that become signs.</summary>
public class SignInputTests
{
    [Fact]
    public void Thresholds_are_the_means_and_the_amplitude_is_the_mean_distance()
    {
        Tensor first = Tensor.Of(Shape.Of(1, 1, 2, 2), [1f, 10, 3, 20]), second = Tensor.Of(Shape.Of(1, 1, 2, 2), [2f, 30, 2, 40]);
        SignInput signs = SignInput.Of([first, second]);
        Assert.Equal([2, 25], signs.Thresholds);
        Assert.Equal((1 + 15 + 1 + 5 + 0 + 5 + 0 + 15) / 8f, signs.Amplitude);
        Assert.Equal([2 - 5.25f, 25 - 5.25f, 2 + 5.25f, 25 - 5.25f], (float[])signs.Apply(first).Data);
        Assert.Equal([2 + 5.25f, 25 + 5.25f, 2 + 5.25f, 25 + 5.25f], (float[])signs.Apply(second).Data);
    }

    [Fact]
    public void No_other_amplitude_is_nearer()
    {
        Random random = new(3);
        Tensor input = Tensor.Of(Shape.Of(1, 500, 3), [.. Enumerable.Range(0, 1500).Select(i => random.NextSingle() * random.NextSingle() + i % 3)]);
        SignInput signs = SignInput.Of([input]);
        double Error(SignInput candidate) =>
            input.Elements<float>().ToArray().Zip((float[])candidate.Apply(input).Data, (x, y) => (x - y) * (double)(x - y)).Sum();
        Assert.True(Error(signs) < Error(signs with { Amplitude = 0.95f * signs.Amplitude }));
        Assert.True(Error(signs) < Error(signs with { Amplitude = 1.05f * signs.Amplitude }));
    }

    [Fact]
    public void A_range_is_taken_for_evenly_filled()
    {
        SignInput signs = SignInput.Of(new ValueRange(-2, 6), 3);
        Assert.Equal([2, 2, 2], signs.Thresholds);
        Assert.Equal(2, signs.Amplitude);
    }
}
