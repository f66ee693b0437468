using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Quantization.Recovery;
using ModelBuild.Compiler.Reference;
using ModelBuild.Compiler.Tests.Lowering;

namespace ModelBuild.Compiler.Tests.Quantization;

public class RecoveryTests
{
    private const int Channels = 16;

    [Theory]
    [InlineData(float.PositiveInfinity, true)]
    [InlineData(6, false)]
    public void Equalisation_keeps_the_function_and_passes_by_relu6(float maximum, bool isChanged)
    {
        ModelGraph graph = Uneven(new Clamp(0, maximum));
        RecoverySetting setting = Setting(graph);
        RecoveryState before = setting.Start(graph);
        RecoveryState? after = CrossLayerEqualisation.Run(before, setting);
        Assert.Equal(isChanged, after is not null);
        if (after is null) return;
        AssertSame(graph, after.Graph, setting.Samples);
        Assert.True(setting.Measure(after) > setting.Measure(before) + 10);
    }

    [Fact]
    public void Equalisation_leaves_what_others_read()
    {
        GraphBuilder builder = new();
        Value x = builder.Input("x", DataType.Float32, Shape.Of(1, 4, 4, 3));
        Value a = Convolution(builder, "a", x, 1, Clamp.None, 1), b = Convolution(builder, "b", a, 2, Clamp.None, 1);
        ModelGraph graph = builder.Build([b, a]);
        Assert.Null(CrossLayerEqualisation.Run(Setting(graph).Start(graph), Setting(graph)));
    }

    [Fact]
    public void Equalisation_reaches_over_residual_sums()
    {
        GraphBuilder builder = new();
        Clamp relu = new(0, float.PositiveInfinity);
        Value x = builder.Input("x", DataType.Float32, Shape.Of(1, 4, 4, 3));
        Value a = Convolution(builder, "a", x, 1, relu, 1, spread: 0.5), b = Convolution(builder, "b", a, 2, Clamp.None, 1, spread: -0.5);
        Value sum = builder.Add("sum", new Binary(BinaryKind.Add, relu), a, b), c = Convolution(builder, "c", sum, 3, Clamp.None, 1, spread: -0.5);
        ModelGraph graph = builder.Build([c]);
        ChannelGroup group = Assert.Single(ChannelGroup.Of(graph));
        Assert.Equal([a, b, sum], group.Values);
        Assert.Equal(["a", "b"], group.Writers.Select(node => node.Name));
        Assert.Equal(["b", "c"], group.Readers.Select(node => node.Name));
        RecoverySetting setting = Setting(graph);
        RecoveryState before = setting.Start(graph), after = CrossLayerEqualisation.Run(before, setting)!;
        AssertSame(graph, after.Graph, setting.Samples);
        Assert.True(setting.Measure(after) > setting.Measure(before) + 10);
    }

    [Fact]
    public void Equalisation_leaves_sums_that_others_write_to()
    {
        GraphBuilder builder = new();
        Value x = builder.Input("x", DataType.Float32, Shape.Of(1, 4, 4, 3));
        Value a = Convolution(builder, "a", x, 1, Clamp.None, 1), curved = builder.Add("sigmoid", new Unary(UnaryKind.Sigmoid), a);
        Value b = Convolution(builder, "b", curved, 2, Clamp.None, 1), sum = builder.Add("sum", new Binary(BinaryKind.Add), curved, b);
        ModelGraph graph = builder.Build([Convolution(builder, "c", sum, 3, Clamp.None, 1)]);
        Assert.Empty(ChannelGroup.Of(graph));
    }

    [Fact]
    public void A_sensitive_layer_takes_16_bits_where_the_output_is_far_off()
    {
        ModelGraph graph = Sensitive(wide: 1000);
        RecoverySetting setting = Setting(graph, Many);
        RecoveryState before = setting.Start(graph), after = SensitiveLayers.Run(before, setting)!;
        Assert.Contains(graph.Nodes.Single(node => node.Name == "curved"), after.Raised);
        Assert.True(setting.Measure(after) > setting.Measure(before) + 3);
        Assert.Contains(setting.Lower(setting.Quantized(after)).Plan.Layers, layer => layer.Kind == "DenseInt16");
        Assert.All(after.Raised, node => Assert.Equal(ActivationForm.Int16, setting.PrecisionsOf(after)[node].Activations));
    }

    [Theory]
    [InlineData(1, Many)]
    [InlineData(1000, Many / 2)]
    public void Layers_stay_in_8_bits_where_the_output_is_near_or_samples_are_few(float wide, int samples)
    {
        ModelGraph graph = Sensitive(wide);
        RecoverySetting setting = Setting(graph, samples);
        Assert.Null(SensitiveLayers.Run(setting.Start(graph), setting));
    }

    [Fact]
    public void A_bias_is_absorbed_where_a_channel_never_reaches_zero()
    {
        GraphBuilder builder = new();
        Value x = builder.Input("x", DataType.Float32, Shape.Of(1, 4, 4, 3));
        Value a = Convolution(builder, "a", x, 1, new Clamp(0, float.PositiveInfinity), 1, bias: 100), b = Convolution(builder, "b", a, 2, Clamp.None, 1);
        ModelGraph graph = builder.Build([b]);
        RecoverySetting setting = Setting(graph);
        RecoveryState before = setting.Start(graph), after = BiasAbsorption.Run(before, setting)!;
        AssertSame(graph, after.Graph, setting.Samples);
        Value stored = after.Graph.Nodes[0].Output;
        Assert.True(after.Ranges[stored].Maximum < before.Ranges[graph.Nodes[0].Output].Maximum / 10);
    }

    [Fact]
    public void A_stage_that_makes_the_figure_worse_is_undone()
    {
        ModelGraph graph = Uneven(new Clamp(0, 6));
        RecoverySetting setting = Setting(graph);
        RecoveryState before = setting.Start(graph);
        (RecoveryState after, IReadOnlyList<RecoveryStage> report) = RecoveryPipeline.Run(
            [("widen", (state, _) => state with { Ranges = state.Ranges.ToDictionary(pair => pair.Key, _ => new ValueRange(-1000, 1000)) })], before, setting);
        Assert.Same(before, after);
        RecoveryStage stage = Assert.Single(report);
        Assert.False(stage.Kept);
        Assert.True(stage.After < stage.Before);
    }

    [Fact]
    public void All_stages_together_help()
    {
        ModelGraph graph = Uneven(new Clamp(0, float.PositiveInfinity));
        RecoverySetting setting = Setting(graph);
        RecoveryState before = setting.Start(graph);
        (RecoveryState after, IReadOnlyList<RecoveryStage> report) = RecoveryPipeline.Run(before, setting);
        Assert.True(setting.Measure(after) > setting.Measure(before) + 10);
        for (int i = 1; i < report.Count; i++) Assert.Equal(report[i - 1].Kept ? report[i - 1].After : report[i - 1].Before, report[i].Before);
    }

    [Fact]
    public void Rounding_and_the_correction_of_biases_have_figures_of_their_own()
    {
        ModelGraph graph = Uneven(new Clamp(0, 6));
        RecoverySetting setting = Setting(graph);
        RecoveryState start = setting.Start(graph);
        (RecoveryState after, IReadOnlyList<RecoveryStage> report) = RecoveryPipeline.Run(
            [.. RecoveryPipeline.Stages.Where(stage => stage.Name == "second-order rounding")], start, setting);
        Assert.Equal(["second-order rounding", "empirical bias correction"], report.Select(stage => stage.Name));
        RecoveryState rounded = after with
        {
            Weights = after.Weights!.ToDictionary(layer => layer.Key, layer => layer.Value with { Bias = null }),
        };
        Assert.Equal(
            [setting.Measure(start), setting.Measure(rounded), setting.Measure(after)], [report[0].Before, report[0].After, report[1].After]);
        Assert.Equal(report[0].After, report[1].Before);
        Assert.NotEqual(report[1].Before, report[1].After);
    }

    /// <summary>Two layers between whose channels sizes differ by powers of ten.</summary>
    private static ModelGraph Uneven(Clamp clamp)
    {
        GraphBuilder builder = new();
        Value x = builder.Input("x", DataType.Float32, Shape.Of(1, 4, 4, 3));
        Value a = Convolution(builder, "a", x, 1, clamp, 1, spread: 0.5), b = Convolution(builder, "b", a, 2, Clamp.None, 1, spread: -0.5);
        return builder.Build([b]);
    }

    /// <summary>
    /// A large layer, and a small one, one of whose outputs is <paramref name="wide"/> times as large as the others, which the function
    /// that reads them does not show.
    /// </summary>
    private static ModelGraph Sensitive(float wide)
    {
        GraphBuilder builder = new();
        Value x = builder.Input("x", DataType.Float32, Shape.Of(1, 8, 8, 16)), large = Convolution(builder, "large", x, 1, Clamp.None, 3);
        Value mean = builder.Add("mean", new Reduce(ReduceKind.Mean, false), large, GraphBuilder.Constant("axes", Tensor.Of(Shape.Of(2), [1, 2])));
        Value scores = Dense(builder, "scores", mean, 2, wide), curved = builder.Add("curved", new Unary(UnaryKind.Tanh), scores);
        return builder.Build([Dense(builder, "out", curved, 3, 1)]);
    }

    private static Value Dense(GraphBuilder builder, string name, Value x, int seed, float wide)
    {
        float[] weights = (float[])LoweredRun.Random(new Random(seed), Channels, Channels).Data;
        for (int i = 0; i < weights.Length; i += Channels) weights[i] *= wide;
        return builder.Add(name, new FullyConnected(Clamp.None), x, GraphBuilder.Constant($"{name}/weights", Tensor.Of(Shape.Of(Channels, Channels), weights)));
    }

    private static Value Convolution(GraphBuilder builder, string name, Value x, int seed, Clamp clamp, int size, double spread = 0, float bias = 0)
    {
        Random random = new(seed);
        int inputs = x.Shape[3];
        float[] weights = (float[])LoweredRun.Random(random, size, size, inputs, Channels).Data;
        for (int i = 0; i < weights.Length; i++)
            weights[i] *= (float)Math.Exp(spread > 0 ? spread * (i % Channels - Channels / 2) : spread * (i / Channels % inputs - inputs / 2));
        Value constant = GraphBuilder.Constant($"{name}/weights", Tensor.Of(Shape.Of(size, size, inputs, Channels), weights));
        Value addend = GraphBuilder.Constant($"{name}/bias", Tensor.Of(Shape.Of(Channels), [.. Enumerable.Repeat(bias, Channels)]));
        return builder.Add(name, new Convolution((1, 1), (1, 1), Padding.Valid, clamp), x, constant, addend);
    }

    private const int Many = 120;

    private static RecoverySetting Setting(ModelGraph graph, int count = 8)
    {
        CalibrationSamples samples = new(count, index => LoweredRun.Inputs(graph, index));
        return new RecoverySetting
        {
            Samples = samples, Method = new CalibrationMethod(CalibrationKind.Auto), Precisions = _ => PrecisionPlan.All(LayerPrecision.Int8),
            Lower = quantized => Lowerer.Lower(quantized, LoweredRun.Header), Noise = new OutputNoise(graph, samples, CancellationToken.None),
        };
    }

    private static void AssertSame(ModelGraph expected, ModelGraph actual, CalibrationSamples samples)
    {
        float[] x = (float[])ReferenceExecutor.Run(expected, samples[0])[0].Data, y = (float[])ReferenceExecutor.Run(actual, samples[0])[0].Data;
        float greatest = x.Max(Math.Abs);
        for (int i = 0; i < x.Length; i++) Assert.InRange(Math.Abs(x[i] - y[i]), 0, 1e-4f * greatest);
    }
}
