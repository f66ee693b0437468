using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Calibration.DataFree;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Tests.Passes;

namespace ModelBuild.Compiler.Tests.Calibration.DataFree;

public class MomentPropagationTests
{
    private static readonly IReadOnlyDictionary<Value, ChannelMoments[]> Unknown = new Dictionary<Value, ChannelMoments[]>();

    [Fact]
    public void Behind_normalisations_every_value_has_the_moments_of_samples()
    {
        NormedGraph normed = new(1, [1, 6, 6, 8]);
        const int Channels = 32;
        GraphBuilder builder = normed.Builder;
        Value a = normed.Relu("a", normed.Norm("a_norm", normed.Convolution("a_conv", normed.X, 3, Channels)));
        Value b = normed.Norm("b_norm", normed.Convolution("b_conv", a, 1, Channels));
        Value sum = normed.Relu("sum_relu", builder.Add("sum", new Binary(BinaryKind.Add), a, b));
        Value swish = builder.Add("swish", new Unary(UnaryKind.Swish), b);
        Value joined = builder.Add("joined", new Concat(3), sum, swish);
        Value flat = builder.Add("flat", new Reshape(), joined, Graphs.Integers("shape", 1, 4 * 4 * 2 * Channels));
        (ModelGraph graph, IReadOnlyDictionary<Value, ChannelMoments[]> told) = Foretold(builder.Build([flat, sum, swish]), Unknown);

        Assert.Equal(["a", "b_norm", "sum_relu", "swish", "joined", "flat"], graph.Nodes.Select(node => node.Name));
        foreach (Value value in graph.Nodes.Select(node => node.Output))
        {
            (double[] means, double[] variances) = NormedGraph.Measure(graph, value, normed.Inputs);
            // The sum has operands that depend on each other a little; of a flattened image each place was measured for itself, of few
            // samples.
            double error = value.Name == "flat" ? 0.5 : 0.2;
            for (int c = 0; c < means.Length; c++)
            {
                double deviation = Math.Sqrt(variances[c]);
                Assert.Equal(means[c], told[value][c].Mean, error * deviation + 0.02);
                Assert.InRange(told[value][c].Deviation, deviation * (1 - error) - 0.02, deviation * (1 + error) + 0.02);
            }
        }
    }

    [Fact]
    public void A_layer_without_normalisation_sums_what_independent_inputs_have()
    {
        NormedGraph normed = new(2, [1, 4, 4, 8], mean: 1);
        ModelGraph graph = normed.Builder.Build([normed.Convolution("conv", normed.X, 1, 4)]);
        ChannelMoments[] inputs = [.. Enumerable.Repeat(ChannelMoments.Normal(1, 1), 8)];
        Dictionary<Value, ChannelMoments[]> known = new() { [graph.Inputs[0]] = inputs };
        (_, IReadOnlyDictionary<Value, ChannelMoments[]> told) = Foretold(graph, known);
        (double[] means, double[] variances) = NormedGraph.Measure(graph, graph.Outputs[0], normed.Inputs);
        for (int c = 0; c < 4; c++)
        {
            Assert.Equal(means[c], told[graph.Outputs[0]][c].Mean, 0.1 * Math.Sqrt(variances[c]));
            Assert.Equal(1, told[graph.Outputs[0]][c].Variance / variances[c], 0.1);
        }
    }

    [Fact]
    public void Statistics_of_a_normalisation_that_is_written_out_or_multiplied_on_follow()
    {
        NormedGraph normed = new(3, [1, 4, 4, 4]);
        Value norm = normed.Norm("norm", normed.Convolution("conv", normed.X, 1, 4));
        Value scaled = normed.Builder.Add("scaled", new Binary(BinaryKind.Multiply), norm, Graphs.Random("factors", 4));
        Value limited = normed.Builder.Add("limited", new Unary(UnaryKind.Relu6), scaled);
        (ModelGraph graph, IReadOnlyDictionary<Value, ChannelMoments[]> told) = Foretold(normed.Builder.Build([limited]), Unknown);
        (double[] means, double[] variances) = NormedGraph.Measure(graph, Assert.Single(graph.Nodes).Output, normed.Inputs);
        for (int c = 0; c < 4; c++)
        {
            Assert.Equal(means[c], told[graph.Outputs[0]][c].Mean, 0.05);
            Assert.Equal(variances[c], told[graph.Outputs[0]][c].Variance, 0.05);
        }
    }

    [Fact]
    public void A_normalisation_behind_an_activation_tells_what_the_activation_gave()
    {
        NormedGraph normed = new(4, [1, 4, 4, 4], mean: 2);
        Value relu = normed.Relu("relu", normed.Convolution("conv", normed.X, 1, 4));
        Value norm = normed.Norm("norm", relu);
        (ModelGraph graph, IReadOnlyDictionary<Value, ChannelMoments[]> told) = Foretold(normed.Builder.Build([norm, relu]), Unknown);
        (double[] means, double[] variances) = NormedGraph.Measure(graph, graph.Outputs[1], normed.Inputs);
        for (int c = 0; c < 4; c++)
        {
            Assert.Equal(means[c], told[graph.Outputs[1]][c].Mean, 1e-3);
            Assert.Equal(variances[c], told[graph.Outputs[1]][c].Variance, 1e-3 * Math.Max(1, variances[c]));
            Assert.InRange(told[graph.Outputs[1]][c].Low, 0, double.PositiveInfinity);
        }
    }

    [Fact]
    public void Nothing_is_told_of_what_depends_on_unknown_inputs_but_the_bounds_of_functions()
    {
        ModelGraph graph = Graphs.Of([1, 4, 4, 2], (builder, x) =>
        {
            Convolution convolution = new((1, 1), (1, 1), Padding.Valid, Clamp.None);
            Value y = builder.Add("conv", convolution, x, Graphs.Random("weights", 1, 1, 2, 3));
            return builder.Add("sigmoid", new Unary(UnaryKind.Sigmoid), y);
        });
        (_, IReadOnlyDictionary<Value, ChannelMoments[]> told) = Foretold(graph, Unknown);
        (Value value, ChannelMoments[] channels) = Assert.Single(told);
        Assert.Equal("sigmoid", value.Name);
        Assert.All(channels, channel => Assert.Equal((0, 1), (channel.Low, channel.High)));
    }

    [Fact]
    public void Inputs_are_what_preprocessing_makes_of_bytes()
    {
        ModelGraph graph = Graphs.Of([1, 4, 4, 3], (builder, x) => builder.Add("relu", new Unary(UnaryKind.Relu), x));
        ChannelMoments[] told = InputMoments.Of(graph, Preprocessing.Parse("mean=0,127.5,255;std=1,-127.5,255"))[graph.Inputs[0]];
        Assert.Equal([(0.0, 255.0), (-1, 1), (-1, 0)], told.Select(channel => (Math.Round(channel.Low, 5), Math.Round(channel.High, 5))));
        Assert.Equal(127.5, told[0].Mean, 1e-6);
        Assert.Equal(255 / Math.Sqrt(12), told[0].Deviation, 1e-6);
        Assert.Empty(InputMoments.Of(graph, null));
    }

    private static (ModelGraph Graph, IReadOnlyDictionary<Value, ChannelMoments[]> Told) Foretold(
        ModelGraph imported, IReadOnlyDictionary<Value, ChannelMoments[]> inputs)
    {
        ModelGraph graph = PassPipeline.Run(imported);
        return (graph, MomentPropagation.Run(graph, NormStatistics.Of(PassPipeline.Run(imported, PassPipeline.BeforeFolding), []), inputs));
    }
}
