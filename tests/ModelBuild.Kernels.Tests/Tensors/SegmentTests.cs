namespace ModelBuild.Kernels.Tests.Tensors;

/// <summary>Reductions by segment, counts, scatters that combine, and logarithms of running sums, against their definitions.</summary>
public sealed class SegmentTests
{
    private static void Repeat(Action<RandomTensors> test)
    {
        for (int seed = 0; seed < 40; seed++) test(new RandomTensors(seed));
    }

    public static TheoryData<string> Functions => new(Enum.GetNames<SegmentFunction>());

    private static double Value(SegmentFunction function, List<float> x) => function switch
    {
        SegmentFunction.Sum => x.Sum(),
        SegmentFunction.Mean => x.Average(),
        SegmentFunction.SumOverRoot => x.Sum() / Math.Sqrt(x.Count),
        SegmentFunction.Product => x.Aggregate(1.0, (a, b) => a * b),
        SegmentFunction.Maximum => x.Max(),
        _ => x.Min(),
    };

    private static float Nothing(SegmentFunction function, bool sorted) => function switch
    {
        SegmentFunction.Product => 1,
        SegmentFunction.Maximum when !sorted => float.MinValue,
        SegmentFunction.Minimum when !sorted => float.MaxValue,
        _ => 0,
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void SegmentsReduce(string name) => Repeat(random =>
    {
        SegmentFunction function = Enum.Parse<SegmentFunction>(name);
        bool sorted = random.Coin();
        int segments = random.Next(1, 5);
        NaiveTensor<int> ids = random.Integers([random.Next(1, 9)], sorted ? 0 : -1, segments - 1);
        if (sorted) Array.Sort(ids.Data);
        NaiveTensor<float> x = random.Floats([ids.Data.Length, 3]);
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>([segments, 3]);
        var layer = new SegmentReduce<float, int>(run.Input(x), run.Input(ids), run.Output<int>([segments]), output, name, sorted);
        float[] actual = run.Run(layer, output);
        for (int i = 0; i < actual.Length; i++)
        {
            List<float> members = [.. Enumerable.Range(0, ids.Data.Length).Where(row => ids.Data[row] == i / 3).Select(row => x[row, i % 3])];
            double expected = members.Count == 0 ? Nothing(function, sorted) : Value(function, members);
            Assert.Equal((float)expected, actual[i], (float)(1e-5 * (1 + Math.Abs(expected))));
        }
    });

    [Fact]
    public void SegmentIdsAreChecked()
    {
        float[] result = new float[2];
        Assert.Throws<ArgumentException>(() => SegmentReduce.Run<float, int>(
            SegmentFunction.Sum, [1, 2], [1, 0], true, new int[2], result));
        Assert.Throws<ArgumentException>(() => SegmentReduce.Run<float, int>(
            SegmentFunction.Sum, [1, 2], [0, 2], false, new int[2], result));
    }

    [Fact]
    public void NumbersAreCounted() => Repeat(random =>
    {
        int size = random.Next(1, 4);
        bool binary = random.Coin();
        NaiveTensor<int> x = random.Integers(random.Shape(2), 0, size);
        NaiveTensor<float> weights = random.Coin() ? random.Floats(x.Shape) : new NaiveTensor<float>([0], []);
        var expected = NaiveTensor<float>.Build([x.Shape[0], size], _ => 0);
        foreach (int[] i in x.Indices())
        {
            if (x[i] >= size) continue;
            float weight = weights.Data.Length > 0 ? weights[i] : 1;
            expected[i[0], x[i]] = binary ? 1 : expected[i[0], x[i]] + weight;
        }
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(expected.Shape);
        Assert.Equal(expected.Data, run.Run(new Bincount<float, int>(run.Input(x), run.Input(weights), output, binary), output));
    });

    [Theory]
    [InlineData("Add", 6f, 5f)]
    [InlineData("Subtract", -4f, -1f)]
    [InlineData("Maximum", 3f, 3f)]
    [InlineData("Minimum", 1f, 2f)]
    public void UpdatesCombine(string function, float twice, float once)
    {
        var run = new TensorRun();
        FlatBuffer<float> x = run.Input(new NaiveTensor<float>([3], [1, 2, 7])), output = run.Output<float>([3]);
        FlatBuffer<long> indices = run.Input(new NaiveTensor<long>([3, 1], [0, 1, 0]));
        FlatBuffer<float> updates = run.Input(new NaiveTensor<float>([3], [2, 3, 3]));
        Assert.Equal([twice, once, 7], run.Run(new TensorScatterApply<float, long>(x, indices, updates, output, function), output));
    }

    [Fact]
    public void LogarithmsOfRunningSums() => Repeat(random =>
    {
        NaiveTensor<float> x = random.Floats([2, random.Next(1, 6), 2]);
        bool exclusive = random.Coin(), reverse = random.Coin();
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(x.Shape);
        float[] actual = run.Run(new CumulativeLogSumExp<float>(run.Input(x), output, 1, exclusive, reverse), output);
        var expected = NaiveTensor<float>.Build(x.Shape, i =>
        {
            IEnumerable<int> before = Enumerable.Range(0, x.Shape[1]).Where(k => k == i[1] ? !exclusive : k < i[1] != reverse);
            double sum = before.Sum(k => Math.Exp(x[i[0], k, i[2]]));
            return sum == 0 ? float.MinValue : (float)Math.Log(sum);
        });
        for (int i = 0; i < actual.Length; i++) Assert.Equal(expected.Data[i], actual[i], 1e-5f);
    });

    [Fact]
    public void ClassesAmongTheBest()
    {
        var run = new TensorRun();
        FlatBuffer<float> predictions = run.Input(new NaiveTensor<float>([4, 3], [3, 1, 2, 1, 1, 1, float.NaN, 5, 0, 1, float.PositiveInfinity, 2]));
        FlatBuffer<bool> output = run.Output<bool>([4]);
        Assert.Equal([true, true, false, false], run.Run(
            new InTopK<int>(predictions, run.Input(new NaiveTensor<int>([4], [2, 0, 1, 2])), output, 2), output));
    }

    [Fact]
    public void EqualDistances()
    {
        float[] numbers = new float[11];
        LinSpace.Run(0.1f, 0.7f, numbers);
        Assert.Equal(0.7f, numbers[^1]);
        Assert.Equal(0.4f, numbers[5], 1e-6f);
        LinSpace.Run(3.0, 5.0, new double[1]);
    }
}
