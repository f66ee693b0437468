namespace ModelBuild.Kernels.Tests.Tensors;

/// <summary>Reductions, orders and cumulative sums against their definitions by coordinates.</summary>
public sealed class ReductionTests
{
    private static void Repeat(Action<RandomTensors> test)
    {
        for (int seed = 0; seed < 60; seed++) test(new RandomTensors(seed));
    }

    public static TheoryData<string> Functions => new(Enum.GetNames<ReduceFunction>());

    /// <summary>The elements gathered into each output element, in row-major order of the output.</summary>
    private static List<T>[] Groups<T>(NaiveTensor<T> x, int[] axes)
    {
        int[] keptShape = x.Shape.Where((_, axis) => !axes.Contains(axis)).ToArray();
        var groups = NaiveTensor<List<T>>.Build(keptShape, _ => []);
        foreach (int[] i in x.Indices()) groups[i.Where((_, axis) => !axes.Contains(axis)).ToArray()].Add(x[i]);
        return groups.Data;
    }

    private static double Value(ReduceFunction function, List<double> x) => function switch
    {
        ReduceFunction.Sum => x.Sum(),
        ReduceFunction.Mean => x.Average(),
        ReduceFunction.Product => x.Aggregate(1.0, (a, b) => a * b),
        ReduceFunction.Maximum => x.Max(),
        ReduceFunction.Minimum => x.Min(),
        _ => Math.Sqrt(x.Sum(v => v * v)),
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void NumbersReduceOverAnyAxes(string name) => Repeat(random =>
    {
        ReduceFunction function = Enum.Parse<ReduceFunction>(name);
        int[] shape = random.Shape(random.Next(0, 5), random.Coin() ? 3 : 7);
        if (shape.Length > 0 && random.Coin()) shape[^1] = random.Next(60, 140);
        int[] axes = Enumerable.Range(0, shape.Length).Where(_ => random.Coin()).ToArray();
        bool keep = random.Coin();
        int[] output = Reduce.OutputShape(shape, axes.Select(a => random.Coin() ? a : a - shape.Length).ToArray(), keep);

        NaiveTensor<float> x = random.Floats(shape, 0.9f, 1.1f);
        var run = new TensorRun();
        FlatBuffer<float> result = run.Output<float>(output);
        float[] actual = run.Run(new ReduceFloating<float>(run.Input(x), result, axes, name), result);
        List<float>[] groups = Groups(x, axes);
        for (int i = 0; i < actual.Length; i++)
        {
            double expected = Value(function, groups[i].Select(v => (double)v).ToList());
            Assert.Equal((float)expected, actual[i], (float)(1e-6 * Math.Abs(expected)) + float.Epsilon);
        }

        NaiveTensor<int> n = random.Integers(shape, -3, 3);
        if (function == ReduceFunction.Product) n = NaiveTensor<int>.Build(shape, _ => random.Coin() ? 1 : -1);
        run = new TensorRun();
        FlatBuffer<int> whole = run.Output<int>(output);
        int[] integers = run.Run(new ReduceInteger<int>(run.Input(n), whole, axes, name), whole);
        List<int>[] wholes = Groups(n, axes);
        for (int i = 0; i < integers.Length; i++) Assert.Equal((int)Value(function, wholes[i].Select(v => (double)v).ToList()), integers[i]);
    });

    [Fact]
    public void NothingAndNansReduce()
    {
        float[] result = new float[2];
        ReduceFloating.Run<float>(ReduceFunction.Maximum, [], [0, 2], [0], result);
        Assert.Equal([float.NegativeInfinity, float.NegativeInfinity], result);
        ReduceFloating.Run<float>(ReduceFunction.Mean, [], [0, 2], [0], result);
        Assert.All(result, r => Assert.True(float.IsNaN(r)));
        ReduceFloating.Run<float>(ReduceFunction.Maximum, [1, float.NaN, 3, 4], [2, 2], [1], result);
        Assert.Equal([float.NaN, 4f], result);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TruthValuesReduce(bool any) => Repeat(random =>
    {
        var x = NaiveTensor<bool>.Build(random.Shape(random.Next(1, 4)), _ => random.Next(0, 3) > 0 != any);
        int[] axes = Enumerable.Range(0, x.Shape.Length).Where(_ => random.Coin()).ToArray();
        var run = new TensorRun();
        FlatBuffer<bool> output = run.Output<bool>(Reduce.OutputShape(x.Shape, axes, false));
        bool[] expected = Groups(x, axes).Select(g => any ? g.Any(v => v) : g.All(v => v)).ToArray();
        Assert.Equal(expected, run.Run(new ReduceLogical(run.Input(x), output, axes, any), output));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ArgumentsOfExtremesAreTheFirst(bool least) => Repeat(random =>
    {
        NaiveTensor<int> x = random.Integers(random.Shape(random.Next(1, 4)), -2, 2);
        int axis = random.Next(0, x.Shape.Length - 1);
        long[] expected = Groups(x, [axis]).Select(g => (long)g.IndexOf(least ? g.Min() : g.Max())).ToArray();
        var run = new TensorRun();
        FlatBuffer<long> output = run.Output<long>(Unpack.OutputShape(x.Shape, axis));
        Assert.Equal(expected, run.Run(new ArgReduce<int, long>(run.Input(x), output, axis, least), output));
    });

    [Fact]
    public void TopKIsAStableSort() => Repeat(random =>
    {
        NaiveTensor<int> x = random.Integers([random.Next(1, 3), random.Next(1, 20)], -4, 4);
        int columns = x.Shape[1];
        int k = random.Next(0, columns);
        int[] values = new int[x.Shape[0] * k];
        int[] indices = new int[values.Length];
        TopK.Run<int, int>(x.Data, columns, values, indices, k);
        int[] expected = x.Data.Chunk(columns).SelectMany(row => Enumerable.Range(0, columns).OrderByDescending(c => row[c]).Take(k)).ToArray();
        Assert.Equal(expected, indices);
        Assert.Equal(expected.Select((c, i) => x[i / k, c]), values);
    });

    [Fact]
    public void CumulativeSumsAndProducts() => Repeat(random =>
    {
        NaiveTensor<int> x = random.Integers(random.Shape(random.Next(1, 4)), -2, 3);
        int axis = random.Next(0, x.Shape.Length - 1);
        (bool exclusive, bool reverse, bool product) = (random.Coin(), random.Coin(), random.Coin());
        var expected = NaiveTensor<int>.Build(x.Shape, i =>
        {
            IEnumerable<int> taken = Enumerable.Range(0, x.Shape[axis])
                .Where(k => (reverse ? k > i[axis] : k < i[axis]) || (k == i[axis] && !exclusive))
                .Select(k => x[[.. i[..axis], k, .. i[(axis + 1)..]]]);
            return product ? taken.Aggregate(1, (a, b) => a * b) : taken.Sum();
        });
        var run = new TensorRun();
        FlatBuffer<int> output = run.Output<int>(x.Shape);
        Assert.Equal(expected.Data, run.Run(new Cumulative<int>(run.Input(x), output, axis, exclusive, reverse, product), output));
    });

    [Fact]
    public void SoftmaxesOfRows()
    {
        double[] rows = [1, 2, 3, 1000, 1000, double.NegativeInfinity];
        double[] actual = new double[6];
        SoftmaxFloating.Run<double>(rows, actual, 3, isLogarithm: true);
        double sum = Math.Exp(1) + Math.Exp(2) + Math.Exp(3);
        double[] expected = [1 - Math.Log(sum), 2 - Math.Log(sum), 3 - Math.Log(sum), -Math.Log(2), -Math.Log(2), double.NegativeInfinity];
        for (int i = 0; i < 6; i++) Assert.Equal(expected[i], actual[i], 12);
        SoftmaxFloating.Run<double>(rows, actual, 3, isLogarithm: false);
        for (int i = 0; i < 6; i++) Assert.Equal(Math.Exp(expected[i]), actual[i], 12);
    }
}
