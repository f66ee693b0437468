using ModelBuild.Kernels.Tests.Tensors;

namespace ModelBuild.Kernels.Tests.Layers.Pooling;

/// <summary>Plain pools over one to three axes against the definition.</summary>
public sealed class SpatialPoolTests
{
    private static IEnumerable<int[]> Window(int[] place, int[] input, int[] window, int[] strides, int[] pads)
    {
        NaiveTensor<bool> taps = NaiveTensor<bool>.Build(window, _ => true);
        return taps.Indices().Select(tap => (int[])[place[0], .. tap.Select((t, i) => place[i + 1] * strides[i] - pads[i] + t), place[^1]])
            .Where(source => source[1..^1].Select((p, i) => p >= 0 && p < input[i + 1]).All(inside => inside));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CombinesWhatLiesInside(bool average)
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new RandomTensors(seed);
            int rank = random.Next(1, 3);
            int[] Numbers(int low, int high) => Enumerable.Range(0, rank).Select(_ => random.Next(low, high)).ToArray();
            int[] size = Numbers(3, 6), window = Numbers(2, 3), strides = Numbers(1, 3), pads = Numbers(0, 1);
            int[] output = size.Select((n, i) => (n + 2 * pads[i] - window[i]) / strides[i] + 1).ToArray();
            NaiveTensor<float> x = random.Floats([2, .. size, 3]);
            var expected = NaiveTensor<float>.Build([2, .. output, 3], o =>
            {
                float[] inside = Window(o, x.Shape, window, strides, pads).Select(source => x[source]).ToArray();
                return average ? inside.Average() : inside.Max();
            });
            var run = new TensorRun();
            FlatBuffer<float> result = run.Output<float>(expected.Shape);
            float[] actual = run.Run(new SpatialPool<float>(run.Input(x), result, window, strides, pads, average), result);
            for (int i = 0; i < actual.Length; i++) Assert.Equal(expected.Data[i], actual[i], 1e-5f);
        }
    }

    [Fact]
    public void IntegersKeepTheirType()
    {
        sbyte[] result = new sbyte[2];
        SpatialAxes axes = SpatialAxes.Of([1, 4, 1], [1, 2, 1], [2], [2], [1], [0], false);
        SpatialPool.Run<sbyte>([-128, -3, 5, 127], axes, 1, false, result);
        Assert.Equal([-3, 127], result);
    }

    [Fact]
    public void AWindowWithoutPixelsIsTheLeastNumber()
    {
        float[] result = new float[3];
        SpatialAxes axes = SpatialAxes.Of([1, 1, 1], [1, 3, 1], [1], [1], [1], [1], false);
        SpatialPool.Run<float>([-2], axes, 1, false, result);
        Assert.Equal([float.MinValue, -2, float.MinValue], result);
    }

    [Fact]
    public void TheFirstOfEqualMaximaIsReported()
    {
        var run = new TensorRun();
        var x = new NaiveTensor<int>([2, 2, 3, 1], [4, 7, 7, 7, 1, 0, 0, 0, 9, 9, 0, 9]);
        FlatBuffer<int> values = run.Output<int>([2, 1, 2, 1]);
        FlatBuffer<long> positions = run.Output<long>([2, 1, 2, 1]);
        var layer = new MaxPoolArgmax<int, long>(run.Input(x), values, positions, [2, 2], [1, 1], [0, 0], includeBatch: true);
        Assert.Equal([1L, 1L, 9L, 8L], run.Run(layer, positions));
        Assert.Equal([7, 7, 9, 9], run.Run(layer, values));
    }
}
