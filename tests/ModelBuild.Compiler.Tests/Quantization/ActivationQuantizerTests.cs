using CsCheck;
using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Quantization.Reconstruction;
using ModelBuild.Compiler.Tests.Passes;

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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pixels_whose_zero_lies_between_two_bytes_lose_nothing_where_biases_can_make_up_for_it(bool isConvolved)
    {
        ModelGraph graph = Graphs.Of([1, 16, 16, 1], (builder, x) => isConvolved
            ? builder.Add("layer", new Convolution((1, 1), (1, 1), Padding.Valid, Clamp.None), x, GraphBuilder.Constant("w", Tensor.Of(Shape.Of(1, 1, 1, 1), new float[1])))
            : builder.Add("layer", new Unary(UnaryKind.Abs), x));
        float[] pixels = [.. Enumerable.Range(0, 256).Select(pixel => pixel / 127.5f - 1)];
        Dictionary<Value, ValueRange> ranges = new() { [graph.Inputs[0]] = new ValueRange(-1, 1) };

        ActivationQuantization quantization = ActivationQuantizer.Quantize(graph, ranges)[graph.Inputs[0]];

        ReadOnlySpan<float> stored = SampleState.Round(Tensor.Of(graph.Inputs[0].Shape, pixels), quantization).Elements<float>();
        float worst = 0;
        for (int i = 0; i < pixels.Length; i++) worst = Math.Max(worst, Math.Abs(stored[i] - pixels[i]) / quantization.Scale);
        Assert.Equal(isConvolved ? 0 : 0.5f, worst, 0.01f);
    }
}
