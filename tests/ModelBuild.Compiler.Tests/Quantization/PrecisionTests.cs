using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Tests.Passes;

namespace ModelBuild.Compiler.Tests.Quantization;

/// <summary>Names of precisions, patterns of layers, and the levels that weights then have.</summary>
public class PrecisionTests
{
    [Theory]
    [InlineData("Float", "Float")]
    [InlineData("float16", "Float+Float16")]
    [InlineData("Int16", "Int16+Int8")]
    [InlineData("Int4/32", "Static+Int4/32")]
    [InlineData("Dynamic + palette3", "Dynamic+Palette3")]
    [InlineData("Float+Int4", "Float+Int4")]
    public void A_precision_says_what_differs_from_the_model(string text, string expected) =>
        Assert.Equal(expected, LayerPrecision.Int8.Parse(text).ToString());

    [Theory]
    [InlineData("Int3")]
    [InlineData("Int4/3")]
    [InlineData("Palette0")]
    [InlineData("Palette9")]
    [InlineData("Palette")]
    [InlineData("1")]
    [InlineData("")]
    public void Other_names_are_none(string text) => Assert.Null(LayerPrecision.Int8.Parse(text));

    [Theory]
    [InlineData("head*", "head/dense", true)]
    [InlineData("*/conv*", "block1/conv2", true)]
    [InlineData("*1*1", "1", false)]
    [InlineData("block1/*", "block10/conv", false)]
    [InlineData("conv", "conv2", false)]
    [InlineData("*", "anything", true)]
    public void Patterns_fit_whole_names(string pattern, string name, bool fits) => Assert.Equal(fits, new LayerPattern(pattern, "Float").Fits(name));

    [Fact]
    public void The_last_pattern_that_fits_counts_and_one_that_fits_nothing_names_what_is_near()
    {
        ModelGraph graph = Graphs.Of([1, 4], (builder, x) =>
            builder.Add("head/logits", new Unary(UnaryKind.Relu), builder.Add("body/relu", new Unary(UnaryKind.Relu), x)));
        PrecisionPlan plan = PrecisionPlan.Of(graph, LayerPrecision.Int8, LayerPattern.ParseAll("*=Float; head*=Int16"));
        Assert.Equal(["Float", "Int16+Int8"], graph.Nodes.Select(node => plan[node].ToString()));
        ModelBuildException error = Assert.Throws<ModelBuildException>(() =>
            PrecisionPlan.Of(graph, LayerPrecision.Int8, LayerPattern.ParseAll("head/logit=Float")));
        Assert.Equal(DiagnosticCode.UnknownOption, error.Code);
        Assert.Contains("Near it: head/logits", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("head")]
    [InlineData("=Float")]
    [InlineData("head=Int5")]
    public void What_is_no_pattern_is_a_coded_error(string text) =>
        Assert.Equal(DiagnosticCode.UnknownOption, Assert.Throws<ModelBuildException>(() => LayerPattern.ParseAll(text)).Code);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_palette_has_the_least_error_of_all(int bits)
    {
        Random random = new(bits);
        float[] numbers = [.. Enumerable.Range(0, 40).Select(_ => random.Next(-9, 10) + random.NextSingle() * 0.8f - 0.4f)];
        int[] places = [.. numbers.Select(number => (int)MathF.Round(number)).Distinct().Order()];
        Assert.Equal(BestCut(numbers, places, 0, 1 << bits), Error(numbers, PaletteLevels.Of(numbers, bits)), 1e-6);
    }

    [Theory]
    [InlineData("Int4", 15)]
    [InlineData("Palette4", 16)]
    [InlineData("Palette2", 4)]
    [InlineData("Binary", 2)]
    public void Weights_have_as_many_levels_as_their_form(string form, int most)
    {
        QuantizedWeights weights = WeightQuantizer.Quantize(Layer(200, 3), form: WeightForm.Parse(form))!;
        Assert.InRange(weights.Values.Distinct().Count(), 2, most);
        Assert.InRange(Noise(weights, Layer(200, 3)), 0, form == "Binary" ? 0.5 : form == "Palette2" ? 0.2 : 0.02);
    }

    [Fact]
    public void A_scale_a_group_makes_four_bits_finer()
    {
        Node layer = Layer(256, 3);
        QuantizedWeights plain = WeightQuantizer.Quantize(layer, form: WeightForm.Parse("Int4"))!;
        QuantizedWeights grouped = WeightQuantizer.Quantize(layer, form: WeightForm.Parse("Int4/16"))!;
        Assert.InRange(Noise(grouped, layer), 0, 0.8 * Noise(plain, layer));
        Assert.All(grouped.Values.Chunk(16), group => Assert.InRange(group.Distinct().Count(), 1, 15));
    }

    /// <summary>The least error of a part of the places cut into so many runs, by trying all cuts.</summary>
    private static double BestCut(float[] numbers, int[] places, int start, int runs)
    {
        if (start == places.Length) return 0;
        if (runs == 0) return double.PositiveInfinity;
        double least = double.PositiveInfinity;
        for (int end = start + 1; end <= places.Length; end++)
        {
            float[] run = [.. numbers.Where(number => MathF.Round(number) >= places[start] && MathF.Round(number) <= places[end - 1])];
            double error = Error(run, [(int)Math.Round(run.Average(number => (double)number))]);
            if (error < least) least = Math.Min(least, error + BestCut(numbers, places, end, runs - 1));
        }
        return least;
    }

    private static double Error(float[] numbers, int[] levels) => numbers.Sum(number => levels.Min(level => ((double)number - level) * (number - level)));

    private static Node Layer(int inputs, int outputs)
    {
        Random random = new(7);
        // Nearly normal, and wider and narrower from one run of inputs to the next.
        float[] weights = [.. Enumerable.Range(0, inputs * outputs).Select(i =>
            (random.NextSingle() + random.NextSingle() + random.NextSingle() - 1.5f) * (1 + i / (16 * outputs) % 4))];
        Value constant = GraphBuilder.Constant("weights", Tensor.Of(Shape.Of(inputs, outputs), weights));
        return Graphs.Of([1, inputs], (builder, x) => builder.Add("layer", new FullyConnected(Clamp.None), x, constant)).Nodes[0];
    }

    /// <summary>Share of the weights' power that is error.</summary>
    private static double Noise(QuantizedWeights weights, Node layer)
    {
        ReadOnlySpan<float> real = layer.Inputs[1].Constant!.Elements<float>();
        int outputs = weights.Scales.Length, inputs = real.Length / outputs;
        double noise = 0, signal = 0;
        for (int i = 0; i < real.Length; i++)
        {
            double error = real[i] - weights.Scales[i % outputs] * weights.Values[i % outputs * inputs + i / outputs];
            (noise, signal) = (noise + error * error, signal + (double)real[i] * real[i]);
        }
        return noise / signal;
    }
}
