using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Calibration.DataFree;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Quantization.Recovery;
using ModelBuild.Compiler.Reference;
using ModelBuild.Compiler.Tests.Calibration.DataFree;
using ModelBuild.Compiler.Tests.Lowering;

namespace ModelBuild.Compiler.Tests.Quantization;

public class DataFreeRecoveryTests
{
    [Fact]
    public void Statistics_follow_channels_that_are_equalised()
    {
        NormedGraph normed = new(1, [1, 4, 4, 4]);
        Value a = normed.Relu("a", normed.Norm("a_norm", normed.Convolution("a_conv", normed.X, 1, 8)));
        Value b = normed.Norm("b", normed.Convolution("b_conv", a, 1, 4));
        Model model = new(normed.Builder.Build([b]), normed);
        RecoveryState after = CrossLayerEqualisation.Run(model.Start, model.Setting)!;
        AssertSame(model.Graph, after.Graph, normed.Inputs[0]);
        AssertTold(after, normed.Inputs);
        Assert.NotEqual(model.Start.Moments![model.Graph.Nodes[0].Output], after.Moments![after.Graph.Nodes[0].Output]);
    }

    [Fact]
    public void A_channel_that_is_foretold_to_stay_far_from_zero_is_absorbed()
    {
        NormedGraph normed = new(2, [1, 4, 4, 4]);
        Value a = normed.Relu("a", normed.Norm("a_norm", normed.Convolution("a_conv", normed.X, 1, 8), offset: 20));
        Value b = normed.Norm("b", normed.Convolution("b_conv", a, 1, 4));
        Model model = new(normed.Builder.Build([b]), normed);
        RecoveryState after = BiasAbsorption.Run(model.Start, model.Setting)!;
        // Three deviations below the mean are kept, which all but a thousandth of the elements are above.
        AssertSame(model.Graph, after.Graph, normed.Inputs[0], 0.05f);
        AssertTold(after, normed.Inputs);
        float before = model.Start.Ranges[model.Graph.Nodes[0].Output].Maximum;
        Assert.InRange(after.Ranges[after.Graph.Nodes[0].Output].Maximum, 0, before * 0.7f);
    }

    [Fact]
    public void Corrected_biases_keep_the_means_of_outputs()
    {
        NormedGraph normed = new(3, [1, 4, 4, 16]);
        Value a = normed.Relu("a", normed.Norm("a_norm", normed.Convolution("a_conv", normed.X, 1, 16), offset: 1));
        Value b = normed.Norm("b", normed.Convolution("b_conv", a, 3, 8, mean: 0.2f));
        LayerPrecision coarse = LayerPrecision.Int8 with { Weights = new WeightForm(WeightKind.Int4) };
        Model model = new(normed.Builder.Build([b]), normed, coarse);
        RecoveryState after = AnalyticBiasCorrection.Run(model.Start, model.Setting)!;
        Node layer = model.Graph.Nodes[^1];
        double before = Shift(layer, model.Setting.Quantized(model.Start).Weights[layer]), corrected = Shift(layer, after.Weights![layer]);
        Assert.InRange(before, 0.02, 1);
        Assert.InRange(corrected, 0, before / 5);

        // Of the mean of an output, in its deviations, at the worst channel.
        double Shift(Node node, QuantizedWeights weights)
        {
            ModelGraph rounded = WithWeights(model.Graph, node, weights);
            (double[] expected, double[] variances) = NormedGraph.Measure(model.Graph, model.Graph.Outputs[0], normed.Inputs);
            (double[] means, _) = NormedGraph.Measure(rounded, rounded.Outputs[0], normed.Inputs);
            return means.Zip(expected, variances).Max(channel => Math.Abs(channel.First - channel.Second) / Math.Sqrt(channel.Third));
        }
    }

    [Fact]
    public void Over_inputs_of_another_kind_matched_layers_have_the_moments_of_the_real_ones()
    {
        NormedGraph normed = new(4, [1, 6, 6, 4]);
        Value a = normed.Relu("a", normed.Norm("a_norm", normed.Convolution("a_conv", normed.X, 3, 8)));
        Value b = normed.Norm("b", normed.Convolution("b_conv", a, 1, 8));
        Model model = new(normed.Builder.Build([b]), normed);
        CalibrationSamples other = new(64, index => [Scaled(normed.Inputs[index], 3, 10)]);
        PrecisionPlan precisions = PrecisionPlan.All(LayerPrecision.Int8);
        MomentMatching matching = MomentMatching.Of(model.Graph, model.Norms, precisions, other, CancellationToken.None);
        ModelGraph matched = matching.Apply(model.Graph);
        Tensor[] inputs = [.. Enumerable.Range(0, 64).Select(index => other[index][0])];
        (double[] means, double[] variances) = NormedGraph.Measure(matched, matched.Outputs[0], inputs);
        ChannelMoments[] told = model.Norms.Sum("b")!;
        for (int c = 0; c < told.Length; c++)
        {
            Assert.Equal(told[c].Mean, means[c], 1e-2);
            Assert.Equal(1, told[c].Variance / variances[c], 1e-2);
        }

        // A quantised graph is changed alike: what differs from the float one is rounding alone.
        QuantizedGraph quantized = matching.Apply(Quantizer.Nearest(model.Graph, precisions));
        ModelGraph rounded = quantized.Weights.Aggregate(model.Graph, (graph, layer) => WithWeights(graph, layer.Key, layer.Value));
        float[] x = (float[])ReferenceExecutor.Run(matched, [inputs[0]])[0].Data;
        float[] y = (float[])ReferenceExecutor.Run(rounded, [inputs[0]])[0].Data;
        Assert.True(x.Zip(y, (p, q) => Math.Abs(p - q)).Max() < 0.05f * x.Max(Math.Abs));
    }

    [Fact]
    public void Synthetic_inputs_have_the_moments_that_are_known_and_neighbours_alike()
    {
        GraphBuilder builder = new();
        Value x = builder.Input("x", DataType.Float32, Shape.Of(1, 16, 16, 3));
        ModelGraph graph = builder.Build([builder.Add("relu", new Unary(UnaryKind.Relu), x)]);
        ChannelMoments[] known = [ChannelMoments.Uniform(0, 1), ChannelMoments.Uniform(-1, 1), ChannelMoments.Normal(100, 25)];
        CalibrationSamples samples = SyntheticInputs.Of(graph, new Dictionary<Value, ChannelMoments[]> { [x] = known });
        Tensor[] images = [.. Enumerable.Range(0, 200).Select(index => samples[index][0])];
        (double[] means, double[] variances) = NormedGraph.Measure(graph, x, images);
        for (int c = 0; c < 3; c++)
        {
            Assert.Equal(known[c].Mean, means[c], 0.2 * known[c].Deviation);
            Assert.InRange(Math.Sqrt(variances[c]), known[c].Deviation * 0.8, known[c].Deviation * 1.1);
        }
        // Of white noise neighbours would differ by 0.33 on average.
        float[] image = (float[])images[0].Data;
        Assert.All(Enumerable.Range(0, image.Length / 3), pixel => Assert.InRange(image[pixel * 3], 0, 1));
        Assert.Equal(image, samples[0][0].Data);
        IEnumerable<float> steps = Enumerable.Range(1, image.Length / 3 - 1)
            .Select(pixel => Math.Abs(image[pixel * 3] - image[pixel * 3 - 3]));
        Assert.InRange(steps.Average(), 0, 0.25);
    }

    private static Tensor Scaled(Tensor tensor, float factor, float addend) =>
        Tensor.Of(tensor.Shape, Array.ConvertAll((float[])tensor.Data, x => x * factor + addend));

    /// <summary>The graph with a layer of real weights that a quantised one has.</summary>
    private static ModelGraph WithWeights(ModelGraph graph, Node layer, QuantizedWeights weights)
    {
        int outputs = weights.Scales.Length, perOutput = weights.Values.Length / outputs;
        float[] real = new float[weights.Values.Length];
        for (int i = 0; i < real.Length; i++)
        {
            (int output, int input) = Math.DivRem(i, perOutput);
            real[input * outputs + output] = weights.Values[i] * weights.Scales[output];
        }
        Value constant = GraphBuilder.Constant("weights", Tensor.Of(layer.Inputs[1].Shape, real));
        Value bias = weights.Bias is { } own ? GraphBuilder.Constant("bias", Tensor.Of(Shape.Of(outputs), own)) : layer.Inputs[2];
        return GraphRewriter.Run(graph, (node, inputs, rewriter) =>
            node.Name == layer.Name ? [rewriter.Add(node.Name, node.Operation, inputs[0], constant, bias)] : null);
    }

    /// <summary>What is foretold of the first layer is what samples show.</summary>
    private static void AssertTold(RecoveryState state, IReadOnlyList<Tensor> inputs)
    {
        Value stored = state.Graph.Nodes[0].Output;
        (double[] means, double[] variances) = NormedGraph.Measure(state.Graph, stored, inputs);
        // Of a channel that is seldom above zero there are few samples.
        double tolerance = 0.03 * Math.Sqrt(variances.Max());
        for (int c = 0; c < means.Length; c++)
        {
            Assert.Equal(means[c], state.Moments![stored][c].Mean, tolerance);
            Assert.Equal(Math.Sqrt(variances[c]), state.Moments[stored][c].Deviation, tolerance);
        }
    }

    private static void AssertSame(ModelGraph expected, ModelGraph actual, Tensor input, float tolerance = 1e-4f)
    {
        float[] x = (float[])ReferenceExecutor.Run(expected, [input])[0].Data;
        float[] y = (float[])ReferenceExecutor.Run(actual, [input])[0].Data;
        float greatest = x.Max(Math.Abs);
        for (int i = 0; i < x.Length; i++) Assert.InRange(Math.Abs(x[i] - y[i]), 0, tolerance * greatest);
    }

    /// <summary>A graph with normalisations on its way to being quantised without data.</summary>
    private sealed class Model
    {
        public Model(ModelGraph imported, NormedGraph normed, LayerPrecision? precision = null)
        {
            Graph = PassPipeline.Run(imported);
            Norms = NormStatistics.Of(PassPipeline.Run(imported, PassPipeline.BeforeFolding), []);
            CalibrationSamples samples = new(16, index => [normed.Inputs[index]]);
            ChannelMoments[] inputs = [.. Enumerable.Repeat(ChannelMoments.Normal(0, 1), Graph.Inputs[0].Shape[-1])];
            Setting = new RecoverySetting
            {
                Samples = samples, Inputs = new Dictionary<Value, ChannelMoments[]> { [Graph.Inputs[0]] = inputs },
                Method = new CalibrationMethod(CalibrationKind.Auto), Precisions = _ => PrecisionPlan.All(precision ?? LayerPrecision.Int8),
                Lower = quantized => Lowerer.Lower(quantized, LoweredRun.Header),
                Noise = new OutputNoise(Graph, samples, CancellationToken.None),
            };
            Start = Setting.Start(Graph, Norms);
        }

        public ModelGraph Graph { get; }

        public NormStatistics Norms { get; }

        public RecoverySetting Setting { get; }

        public RecoveryState Start { get; }
    }
}
