using ModelBuild.Kernels.Tests.Tensors;

namespace ModelBuild.Kernels.Tests.Layers.Convolution;

/// <summary>Plain convolutions over one to three axes against the definition, and transposed ones as their adjoints.</summary>
public sealed class SpatialConvolutionTests
{
    /// <summary>A random convolution.</summary>
    private sealed record Geometry(int[] Input, int[] Weights, int[] Output, int[] Strides, int[] Dilations, int[] Pads, int Groups)
    {
        public static Geometry Random(RandomTensors random)
        {
            int rank = random.Next(1, 3);
            int[] Numbers(int low, int high) => Enumerable.Range(0, rank).Select(_ => random.Next(low, high)).ToArray();
            int[] size = Numbers(3, 6), window = Numbers(1, 3), strides = Numbers(1, 3), dilations = Numbers(1, 2), pads = Numbers(0, 2);
            int groups = random.Next(1, 3), inputs = random.Next(1, 3), outputs = random.Next(1, 9);
            int[] output = size.Select((n, i) => Math.Max(0, (n + 2 * pads[i] - (window[i] - 1) * dilations[i] - 1) / strides[i] + 1)).ToArray();
            int batch = random.Next(1, 2);
            return new Geometry(
                [batch, .. size, inputs * groups], [.. window, inputs, outputs * groups], [batch, .. output, outputs * groups], strides, dilations,
                pads, groups);
        }
    }

    private static float[] Run(Geometry g, NaiveTensor<float> x, NaiveTensor<float> weights, bool transposed)
    {
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(transposed ? g.Input : g.Output);
        var layer = new SpatialConvolution<float>(run.Input(x), run.Input(weights), output, g.Strides, g.Dilations, g.Pads, transposed);
        return run.Run(layer, output);
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();

    [Fact]
    public void ConvolvesByDefinition()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new RandomTensors(seed);
            Geometry g = Geometry.Random(random);
            NaiveTensor<float> x = random.Floats(g.Input), weights = random.Floats(g.Weights);
            int inputs = g.Weights[^2], outputs = g.Weights[^1] / g.Groups;
            var expected = NaiveTensor<float>.Build(g.Output, o =>
            {
                double sum = 0;
                foreach (int[] w in weights.Indices().Where(w => w[^1] == o[^1]))
                {
                    int[] place = g.Strides.Select((s, i) => o[i + 1] * s - g.Pads[i] + w[i] * g.Dilations[i]).ToArray();
                    if (place.Where((p, i) => p < 0 || p >= g.Input[i + 1]).Any()) continue;
                    sum += (double)weights[w] * x[[o[0], .. place, o[^1] / outputs * inputs + w[^2]]];
                }
                return (float)sum;
            });
            float[] actual = Run(g, x, weights, false);
            for (int i = 0; i < actual.Length; i++) Assert.Equal(expected.Data[i], actual[i], 1e-4f);
        }
    }

    [Fact]
    public void TransposedIsTheAdjoint()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new RandomTensors(seed);
            Geometry g = Geometry.Random(random);
            NaiveTensor<float> x = random.Floats(g.Input), weights = random.Floats(g.Weights), y = random.Floats(g.Output);
            double forward = Dot(Run(g, x, weights, false), y.Data), backward = Dot(x.Data, Run(g, y, weights, true));
            Assert.Equal(forward, backward, 1e-3 * (1 + Math.Abs(forward)));
        }
    }

    [Fact]
    public void WeightsThatFitNoGroupsAreRefused()
    {
        var run = new TensorRun();
        Assert.Throws<ArgumentException>(() => new SpatialConvolution<float>(
            run.Output<float>([1, 4, 3]), run.Output<float>([1, 2, 4]), run.Output<float>([1, 4, 4]), [1], [1], [0], false));
    }
}
