using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Quantization.Reconstruction;
using ModelBuild.Compiler.Reference;
using ModelBuild.Compiler.Tests.Passes;

namespace ModelBuild.Compiler.Tests.Quantization;

public class ReconstructionTests
{
    private static readonly int[] Image = [1, 6, 5, 4];

    [Theory]
    [InlineData("convolution")]
    [InlineData("groups")]
    [InlineData("depthwise")]
    [InlineData("pools")]
    [InlineData("squeeze")]
    public void Gradients_are_the_slopes_of_the_function(string kind)
    {
        ModelGraph graph = Graphs.Of(Image, (builder, x) =>
        {
            Value first = builder.Add("first", new Convolution((1, 1), (1, 1), Padding.Same, Clamp.None), x, Weights(3, 3, 4, 4));
            Value middle = kind switch
            {
                "convolution" => builder.Add("middle", new Convolution((2, 1), (1, 2), Padding.Same, new Clamp(-1, 2)), first, Weights(3, 2, 4, 5)),
                "groups" => builder.Add("middle", new Convolution((1, 1), (1, 1), Padding.Valid, Clamp.None), first, Weights(2, 2, 2, 6)),
                "depthwise" => builder.Add("middle", new DepthwiseConvolution((2, 2), (1, 1), Padding.Same, Clamp.None), first, Weights(3, 3, 4, 2)),
                "pools" => builder.Add("middle", new Binary(BinaryKind.Subtract),
                    builder.Add("max", new Pool(PoolKind.Max, (2, 2), (1, 1), Padding.Same), first),
                    builder.Add("mean", new Pool(PoolKind.Average, (3, 2), (1, 1), Padding.Same), first)),
                _ => builder.Add("middle", new Binary(BinaryKind.Multiply), first, builder.Add("gate", new Unary(UnaryKind.Sigmoid),
                    builder.Add("squeeze", new Reduce(ReduceKind.Mean, true), first, GraphBuilder.Constant("axes", Tensor.Of(Shape.Of(2), new[] { 1, 2 }))))),
            };
            return builder.Add("sum", new Reduce(ReduceKind.Sum, false), middle, GraphBuilder.Constant("all", Tensor.Of(Shape.Of(4), new[] { 0, 1, 2, 3 })));
        });
        Tensor input = Numbers(Image, 1);
        float[]? gradient = null;
        Dictionary<Value, Tensor> values = [];
        ReferenceExecutor.Run(graph, [input], (value, tensor) => values[value] = tensor);
        Backpropagation.Run(graph, values, graph.Outputs[0], [1], (node, slopes) => gradient = node.Name == "first" ? [.. slopes] : gradient);

        Assert.NotNull(gradient);
        const float Little = 1e-3f;
        for (int element = 0; element < gradient.Length; element += 7)
            Assert.Equal((After(element, Little) - After(element, -Little)) / (2 * Little), gradient[element], 2e-2f);

        float After(int element, float change)
        {
            Dictionary<Value, Tensor> changed = new(values);
            float[] elements = [.. values[graph.Nodes[0].Output].Elements<float>()];
            elements[element] += change;
            changed[graph.Nodes[0].Output] = Tensor.Of(values[graph.Nodes[0].Output].Shape, elements);
            foreach (Node node in graph.Nodes.Skip(1))
                changed[node.Output] = ReferenceOperations.Run(node.Operation, [.. node.Inputs.Select(value => value.Constant ?? changed[value])])[0];
            return changed[graph.Outputs[0]].Elements<float>()[0];
        }
    }

    [Fact]
    public void Fitted_weights_undo_what_happened_to_the_inputs()
    {
        // The quantised inputs are half of the float ones: the weights must be twice as large.
        const int Places = 4000;
        SecondMoments moments = new(3, 1, Places);
        Random random = new(1);
        double[] weights = [0.5, -1, 2];
        for (int place = 0; place < Places; place++)
        {
            double[] x = [random.NextDouble(), random.NextDouble(), random.NextDouble()];
            moments.Add([.. x.Select(value => value / 2)], [x.Zip(weights, (value, weight) => value * weight).Sum()]);
        }
        moments.Finish(parallel: false);
        double[] fitted = SecondOrderRounding.Create(moments, Places, OutputCurvature.Of([1]))!.Fit(weights);
        Assert.All(fitted.Zip(weights), pair => Assert.Equal(pair.Second * 2, pair.First, 0.02 * Math.Abs(pair.Second)));
    }

    [Fact]
    public void Refined_levels_cost_no_more_and_dear_bits_make_zeros()
    {
        SecondMoments moments = Moments();
        SecondOrderRounding rounding = SecondOrderRounding.Create(moments, Places, Curvature(0.7))!;
        double[] weights = RandomWeights();
        double[] bits = [.. Enumerable.Range(-127, 255).Select(level => 1.0 + 2 * Math.Abs(level))];
        double before = Cost(0.001, refine: false).Cost, after = Cost(0.001, refine: true).Cost;
        Assert.InRange(after, 0, before);
        Assert.True(Cost(1, refine: true).Levels.All(level => level == 0));

        (double Cost, sbyte[] Levels) Cost(double price, bool refine)
        {
            LayerRate rate = new(bits, price);
            sbyte[] levels = new sbyte[weights.Length];
            rounding.Round(weights, Scales, rate, levels, LevelSet.Int8, 0);
            if (refine) rounding.Refine(weights, Scales, rate, levels);
            return (rounding.Errors(weights, Scales, levels).Sum(output => output.Error) + price * levels.Sum(level => bits[level + 127]), levels);
        }
    }

    [Fact]
    public void Errors_cost_what_the_curvature_says_of_them()
    {
        SecondMoments moments = Moments();
        double[] weights = RandomWeights();
        OutputCurvature curvature = Curvature(0.5);
        sbyte[] levels = new sbyte[weights.Length];
        SecondOrderRounding.Create(moments, Places, curvature)!.Round(weights, Scales, null, levels, LevelSet.Int8, 0);
        double damping = 0, expected = 0;
        for (int i = 0; i < Inputs; i++) damping += moments.Covariance[i * Inputs + i] / Inputs * Math.Max(0.01, 5.0 * Inputs / Places);
        for (int o = 0; o < Outputs; o++)
            for (int p = 0; p < Outputs; p++)
                for (int i = 0; i < Inputs; i++)
                    for (int j = 0; j < Inputs; j++)
                        expected += curvature.Row(o)[p] * Error(o, i) * Error(p, j) * (moments.Covariance[i * Inputs + j] + (i == j ? damping : 0));
        double actual = SecondOrderRounding.Create(moments, Places, curvature)!.Errors(weights, Scales, levels).Sum(output => output.Error);
        Assert.Equal(expected, actual, 1e-9 * expected);

        double Error(int o, int i) => levels[o * Inputs + i] * (double)Scales[o] - weights[i * Outputs + o];
    }

    [Fact]
    public void Outputs_make_up_for_each_other_where_the_curvature_says_so()
    {
        SecondMoments moments = Moments();
        double[] weights = RandomWeights();
        OutputCurvature shared = Curvature(0.9);
        double alone = Cost(Curvature(0)), together = Cost(shared);
        Assert.InRange(together, 0, alone * 0.7);
        Assert.InRange(shared.Rest(0), 0, 0.3);

        double Cost(OutputCurvature curvature)
        {
            sbyte[] levels = new sbyte[weights.Length];
            SecondOrderRounding.Create(moments, Places, curvature)!.Round(weights, Scales, null, levels, LevelSet.Int8, 0);
            return SecondOrderRounding.Create(moments, Places, shared)!.Errors(weights, Scales, levels).Sum(output => output.Error);
        }
    }

    [Fact]
    public void The_curvature_is_that_of_the_divergence()
    {
        // One layer before the softmax: the Hessian of the divergence is diag(p) - p p' for a single pixel.
        const int Classes = 3, Samples = 4000;
        Value weights = GraphBuilder.Constant("weights", Tensor.Of(Shape.Of(1, Classes), [1f, 1f, 1f]));
        ModelGraph graph = Graphs.Of([1, 1], (builder, x) =>
            builder.Add("probabilities", new Softmax(), builder.Add("scores", new FullyConnected(Clamp.None), x, weights)));
        CalibrationSamples samples = new(Samples, _ => [Tensor.Of(Shape.Of(1, 1), [0f])]);
        OutputCurvature curvature = CurvatureMeasurement.Measure(graph, samples, CancellationToken.None)[graph.Nodes[0]];
        // All classes are alike: shares of 1, and correlations of -1/2, of which a twentieth is not trusted.
        for (int o = 0; o < Classes; o++)
            for (int p = 0; p < Classes; p++) Assert.Equal(o == p ? 1 : -0.475, curvature.Row(o)[p], 0.05);
    }

    private const int Inputs = 12, Outputs = 5, Places = 500;

    private static readonly float[] Scales = [.. Enumerable.Repeat(0.1f, Outputs)];

    private static SecondMoments Moments()
    {
        SecondMoments moments = new(Inputs, Outputs, Places);
        Random random = new(2);
        for (int place = 0; place < Places; place++)
        {
            double common = random.NextDouble();
            moments.Add([.. Enumerable.Range(0, Inputs).Select(_ => common + random.NextDouble())], new double[Outputs]);
        }
        moments.Finish(parallel: false);
        return moments;
    }

    private static double[] RandomWeights()
    {
        Random random = new(3);
        return [.. Enumerable.Range(0, Inputs * Outputs).Select(_ => random.NextDouble() - 0.5)];
    }

    /// <summary>Shares of 1, and the same correlation between any two outputs.</summary>
    private static OutputCurvature Curvature(double correlation) => OutputCurvature.Of(
        [.. Enumerable.Range(0, Outputs * Outputs).Select(i => i / Outputs == i % Outputs ? 1 : correlation)], Outputs);

    private static Value Weights(params int[] shape) => GraphBuilder.Constant("weights", Numbers(shape, shape.Sum()));

    private static Tensor Numbers(int[] shape, int seed)
    {
        Random random = new(seed);
        return Tensor.Of(Shape.Of(shape), [.. Enumerable.Range(0, Shape.Of(shape).Count).Select(_ => random.NextSingle() * 2 - 1)]);
    }
}
