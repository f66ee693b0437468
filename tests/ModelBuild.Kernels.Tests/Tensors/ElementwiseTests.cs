namespace ModelBuild.Kernels.Tests.Tensors;

/// <summary>Element-wise layers against scalar definitions, with random broadcasts.</summary>
public sealed class ElementwiseTests
{
    private const int Rounds = 40;

    private static void Repeat(Action<RandomTensors> test)
    {
        for (int seed = 0; seed < Rounds; seed++) test(new RandomTensors(seed));
    }

    private static float Floating(BinaryFunction function, float a, float b) => function switch
    {
        BinaryFunction.Add => a + b,
        BinaryFunction.Subtract => a - b,
        BinaryFunction.Multiply => a * b,
        BinaryFunction.Divide => a / b,
        BinaryFunction.DivideNoNan => b == 0 ? 0 : a / b,
        BinaryFunction.FloorDivide => MathF.Floor(a / b),
        BinaryFunction.FloorModulo => (float)(a - b * Math.Floor((double)a / b)),
        BinaryFunction.TruncateDivide => MathF.Truncate(a / b),
        BinaryFunction.TruncateModulo => (float)(a - b * Math.Truncate((double)a / b)),
        BinaryFunction.Maximum => MathF.Max(a, b),
        BinaryFunction.Minimum => MathF.Min(a, b),
        BinaryFunction.Power => MathF.Pow(a, b),
        BinaryFunction.SquaredDifference => (a - b) * (a - b),
        BinaryFunction.Atan2 => MathF.Atan2(a, b),
        BinaryFunction.NextAfter => a == b ? b : a < b ? MathF.BitIncrement(a) : MathF.BitDecrement(a),
        _ => throw new ArgumentOutOfRangeException(nameof(function)),
    };

    private static int Whole(BinaryFunction function, int a, int b) => function switch
    {
        BinaryFunction.Add => a + b,
        BinaryFunction.Subtract => a - b,
        BinaryFunction.Multiply => a * b,
        BinaryFunction.Divide or BinaryFunction.TruncateDivide => a / b,
        BinaryFunction.DivideNoNan => b == 0 ? 0 : a / b,
        BinaryFunction.FloorDivide => (int)Math.Floor((double)a / b),
        BinaryFunction.FloorModulo => a - b * (int)Math.Floor((double)a / b),
        BinaryFunction.TruncateModulo => a % b,
        BinaryFunction.Maximum => Math.Max(a, b),
        BinaryFunction.Minimum => Math.Min(a, b),
        BinaryFunction.Power => (int)(long)Math.Pow(a, b),
        BinaryFunction.SquaredDifference => (a - b) * (a - b),
        BinaryFunction.BitwiseAnd => a & b,
        BinaryFunction.BitwiseOr => a | b,
        BinaryFunction.BitwiseXor => a ^ b,
        BinaryFunction.ShiftLeft => a << Math.Max(b, 0),
        BinaryFunction.ShiftRight => a >> Math.Max(b, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(function)),
    };


    private static readonly BinaryFunction[] IntegerOnly =
        [BinaryFunction.BitwiseAnd, BinaryFunction.BitwiseOr, BinaryFunction.BitwiseXor, BinaryFunction.ShiftLeft, BinaryFunction.ShiftRight];

    /// <summary>Those that have known values below instead.</summary>
    private static readonly BinaryFunction[] Special =
        [BinaryFunction.IncompleteGamma, BinaryFunction.IncompleteGammaComplement, BinaryFunction.Zeta, BinaryFunction.Polygamma];

    private static readonly BinaryFunction[] FloatingOnly = [BinaryFunction.Atan2, BinaryFunction.NextAfter, .. Special];

    public static TheoryData<string> FloatingFunctions => Names([.. IntegerOnly, .. Special]);

    public static TheoryData<string> IntegerFunctions => Names(FloatingOnly);

    private static TheoryData<string> Names(BinaryFunction[] without) => new(Enum.GetValues<BinaryFunction>().Except(without).Select(function => function.ToString()));

    [Theory]
    [MemberData(nameof(FloatingFunctions))]
    public void FloatsBroadcast(string name) => Repeat(random =>
    {
        int[] shape = random.Shape(random.Next(0, 4), 9);
        BinaryFunction function = Enum.Parse<BinaryFunction>(name);
        NaiveTensor<float> a = random.Floats(random.Broadcastable(shape), function == BinaryFunction.Power ? 0.1f : -3);
        NaiveTensor<float> b = random.Floats(random.Broadcastable(shape));
        var expected = NaiveTensor<float>.Build(Shapes.Broadcast(a.Shape, b.Shape), i => Floating(function, a.Broadcast(i), b.Broadcast(i)));
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(expected.Shape);
        float[] actual = run.Run(new BinaryFloating<float>(run.Input(a), run.Input(b), output, name), output);
        for (int i = 0; i < actual.Length; i++) Assert.Equal(expected.Data[i], actual[i], 1e-5f * (1 + Math.Abs(expected.Data[i])));
    });

    [Theory]
    [MemberData(nameof(IntegerFunctions))]
    public void IntegersBroadcast(string name) => Repeat(random =>
    {
        BinaryFunction function = Enum.Parse<BinaryFunction>(name);
        int[] shape = random.Shape(random.Next(0, 4), 9);
        NaiveTensor<int> a = random.Integers(random.Broadcastable(shape), -20, 20);
        NaiveTensor<int> b = random.Integers(random.Broadcastable(shape), 1, 6);
        if (function != BinaryFunction.Power && random.Coin()) b = NaiveTensor<int>.Build(b.Shape, i => -b[i]);
        var expected = NaiveTensor<int>.Build(Shapes.Broadcast(a.Shape, b.Shape), i => Whole(function, a.Broadcast(i), b.Broadcast(i)));
        var run = new TensorRun();
        FlatBuffer<int> output = run.Output<int>(expected.Shape);
        Assert.Equal(expected.Data, run.Run(new BinaryInteger<int>(run.Input(a), run.Input(b), output, name), output));
    });

    [Theory]
    [InlineData("IncompleteGamma", 2.0, 3.0, 0.8008517265285442)]
    [InlineData("IncompleteGamma", 5.0, 1.0, 0.00365984682734371)]
    [InlineData("IncompleteGammaComplement", 0.5, 4.0, 0.004677734981047266)]
    [InlineData("Zeta", 2.0, 1.0, 1.6449340668482264)]
    [InlineData("Zeta", 3.0, -0.5, 0.414398322117159)]
    [InlineData("Polygamma", 1.0, 0.5, 4.934802200544679)]
    [InlineData("Polygamma", 2.0, 3.0, -0.15411380631918858)]
    [InlineData("Polygamma", 0.0, 1.0, -0.5772156649015329)]
    public void SpecialFunctionsOfTwoNumbers(string function, double a, double b, double expected)
    {
        double[] actual = new double[1];
        BinaryFloating.Run<double>(Enum.Parse<BinaryFunction>(function), [a], [], [b], [], actual);
        Assert.Equal(expected, actual[0], Math.Abs(expected) * 1e-12);
    }

    [Fact]
    public void EdgesOfIntegersAndNans()
    {
        int[] whole = new int[1];
        foreach (BinaryFunction function in FloatingOnly)
            Assert.Throws<ArgumentOutOfRangeException>(() => BinaryInteger.Run<int>(function, [1], [], [1], [], new int[1]));
        foreach (BinaryFunction function in IntegerOnly)
            Assert.Throws<ArgumentOutOfRangeException>(() => BinaryFloating.Run<float>(function, [1], [], [1], [], new float[1]));
        BinaryInteger.Run<int>(BinaryFunction.ShiftRight, [-8], [], [99], [], whole);
        Assert.Equal(-1, whole[0]);
        Assert.Throws<DivideByZeroException>(() => BinaryInteger.Run<int>(BinaryFunction.FloorDivide, [1], [], [0], [], whole));
        BinaryInteger.Run<int>(BinaryFunction.Divide, [int.MinValue], [], [-1], [], whole);
        Assert.Equal(int.MinValue, whole[0]);
        Assert.Throws<ArgumentException>(() => BinaryInteger.Run<int>(BinaryFunction.Power, [2], [], [-1], [], whole));
        byte[] bytes = new byte[1];
        BinaryInteger.Run<byte>(BinaryFunction.FloorModulo, [200], [], [255], [], bytes);
        Assert.Equal(200, bytes[0]);
        foreach (BinaryFunction function in new[] { BinaryFunction.Maximum, BinaryFunction.Minimum })
        {
            float[] results = new float[34];
            float[] left = Enumerable.Range(0, 34).Select(i => i % 2 == 0 ? float.NaN : 1f).ToArray();
            BinaryFloating.Run<float>(function, left, [34], left.Reverse().ToArray(), [34], results);
            Assert.All(results, r => Assert.True(float.IsNaN(r)));
        }
    }

    [Fact]
    public void ComparisonsFollowIeee() => Repeat(random =>
    {
        int[] shape = random.Shape(3);
        NaiveTensor<float> a = random.Floats(random.Broadcastable(shape));
        NaiveTensor<float> b = NaiveTensor<float>.Build(random.Broadcastable(shape), _ => random.Coin() ? a.Data[0] : random.Coin() ? float.NaN : 0.5f);
        foreach (ComparisonFunction function in Enum.GetValues<ComparisonFunction>())
        {
            var expected = NaiveTensor<bool>.Build(Shapes.Broadcast(a.Shape, b.Shape), i => (function, a.Broadcast(i), b.Broadcast(i)) switch
            {
                (ComparisonFunction.Equal, var x, var y) => x == y,
                (ComparisonFunction.NotEqual, var x, var y) => x != y,
                (ComparisonFunction.Less, var x, var y) => x < y,
                (ComparisonFunction.LessEqual, var x, var y) => x <= y,
                (ComparisonFunction.Greater, var x, var y) => x > y,
                (_, var x, var y) => x >= y,
            });
            var run = new TensorRun();
            FlatBuffer<bool> output = run.Output<bool>(expected.Shape);
            Assert.Equal(expected.Data, run.Run(new Comparison<float>(run.Input(a), run.Input(b), output, function.ToString()), output));
        }
    });

    [Theory]
    [InlineData("Erf", 0.5, 0.5204998778130465)]
    [InlineData("Erf", -3.0, -0.9999779095030014)]
    [InlineData("Erfc", 4.0, 1.541725790028002e-8)]
    [InlineData("Expm1", 1e-10, 1.00000000005e-10)]
    [InlineData("Log1p", 1e-10, 9.9999999995e-11)]
    [InlineData("Round", 2.5, 2.0)]
    [InlineData("Round", -1.5, -2.0)]
    [InlineData("Sign", -7.0, -1.0)]
    [InlineData("Rsqrt", 4.0, 0.5)]
    [InlineData("Softplus", 0.0, 0.6931471805599453)]
    [InlineData("Selu", -1.0, -1.1113307378125625)]
    [InlineData("Relu6", 9.0, 6.0)]
    [InlineData("Asinh", 1.0, 0.881373587019543)]
    [InlineData("LogGamma", 0.25, 1.2880225246980774)]
    [InlineData("LogGamma", -1.5, 0.8600470153764810)]
    [InlineData("LogGamma", 30.0, 71.25703896716801)]
    [InlineData("Digamma", -0.5, 0.03648997397857652)]
    [InlineData("Digamma", 4.0, 1.2561176684318003)]
    [InlineData("ErfInverse", 0.25, 0.22531205501217808)]
    [InlineData("ErfInverse", -0.9990000128746033, -2.3267563267961435)]
    [InlineData("NormalQuantile", 0.0009765625, -3.0972690781987844)]
    [InlineData("BesselI0e", -2.0, 0.30850832255367105)]
    [InlineData("BesselI1e", -2.0, -0.21526928924893762)]
    [InlineData("BesselI0e", 64.0, 0.049966053382357373)]
    public void FunctionsOfDoubles(string function, double x, double expected)
    {
        double[] actual = new double[1];
        UnaryFloating.Run<double>(function, [x], actual);
        Assert.Equal(expected, actual[0], Math.Abs(expected) * 1e-12);
        var single = new float[1];
        UnaryFloating.Run<float>(function, [(float)x], single);
        Assert.Equal((float)expected, single[0], (float)(Math.Abs(expected) * 1e-5));
    }

    [Fact]
    public void FunctionsOfIntegers()
    {
        int[] actual = new int[4];
        UnaryInteger.Run<int>(UnaryFunction.Abs, [-3, 0, 5, int.MinValue], actual);
        Assert.Equal([3, 0, 5, int.MinValue], actual);
        UnaryInteger.Run<int>(UnaryFunction.Relu6, [-3, 0, 5, 9], actual);
        Assert.Equal([0, 0, 5, 6], actual);
    }

    [Fact]
    public void SelectPicksRowsOrBroadcasts() => Repeat(random =>
    {
        int[] shape = random.Shape(random.Next(1, 3));
        NaiveTensor<float> a = random.Floats(random.Broadcastable(shape));
        NaiveTensor<float> b = random.Floats(random.Broadcastable(shape));
        var condition = NaiveTensor<bool>.Build(random.Broadcastable(shape), _ => random.Coin());
        int[] result = Shapes.Broadcast(Shapes.Broadcast(condition.Shape, a.Shape), b.Shape);
        var expected = NaiveTensor<float>.Build(result, i => condition.Broadcast(i) ? a.Broadcast(i) : b.Broadcast(i));
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(result);
        Assert.Equal(expected.Data, run.Run(new Select<float>(run.Input(condition), run.Input(a), run.Input(b), output, false), output));

        (a, b) = (random.Floats(shape), random.Floats(shape));
        condition = NaiveTensor<bool>.Build([shape[0]], _ => random.Coin());
        expected = NaiveTensor<float>.Build(shape, i => condition[i[0]] ? a[i] : b[i]);
        run = new TensorRun();
        output = run.Output<float>(shape);
        Assert.Equal(expected.Data, run.Run(new Select<float>(run.Input(condition), run.Input(a), run.Input(b), output, true), output));
    });

    [Fact]
    public void BitsBucketsAndCounts()
    {
        short[] halves = new short[4];
        Bitcast.Run<int, short>([0x00020001, -1], halves);
        Assert.Equal([1, 2, -1, -1], halves);
        int[] buckets = new int[5];
        Bucketize.Run<float>([-1, 0, 5, 10, float.NaN], [0, 10, 100], buckets);
        Assert.Equal([0, 1, 1, 2, 3], buckets);
        byte[] counts = new byte[3];
        PopulationCount.Run<sbyte>([-1, 0, 5], counts);
        Assert.Equal([8, 0, 2], counts);
    }

    private static TTo Converted<TFrom, TTo>(TFrom value)
    {
        TTo[] result = new TTo[1];
        Cast.Run<TFrom, TTo>([value], result);
        return result[0];
    }

    [Fact]
    public void CastsAsX86()
    {
        Assert.Equal(-2, Converted<float, int>(-2.9f));
        Assert.Equal(int.MinValue, Converted<float, int>(3e9f));
        Assert.Equal(int.MinValue, Converted<float, int>(float.NaN));
        Assert.Equal(long.MinValue, Converted<double, long>(1e30));
        Assert.Equal(44, Converted<float, byte>(300.5f));
        Assert.Equal(255, Converted<float, byte>(-1f));
        Assert.Equal(uint.MaxValue, Converted<float, uint>(-1f));
        Assert.Equal(1UL << 63, Converted<double, ulong>(9223372036854775808.0));
        Assert.Equal(-128, Converted<int, sbyte>(128));
        Assert.True(Converted<float, bool>(float.NaN));
        Assert.False(Converted<int, bool>(0));
        Assert.Equal(1f, Converted<bool, float>(true));
        Assert.Equal((Half)65504f, Converted<float, Half>(65504f));
        Assert.Equal(16777216f, Converted<long, float>(16777217L));
        Assert.Equal(0x3f80, Converted<float, BFloat16>(1.00390625f).Bits);
        Assert.Equal(0x3f82, Converted<float, BFloat16>(1.01171875f).Bits);
        Assert.Equal(1.015625f, Converted<BFloat16, float>(new BFloat16(0x3f82)));
    }
}
