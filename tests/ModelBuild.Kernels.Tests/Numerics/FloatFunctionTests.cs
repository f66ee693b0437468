namespace ModelBuild.Kernels.Tests;

public class FloatFunctionTests
{
    /// <summary>Each function with its definition in double, a range, and the error allowed in units of the last place.</summary>
    public static TheoryData<string, float, float, double> Functions => new()
    {
        { nameof(FloatFunction.Exp), -87.3f, 88.7f, 1 },
        { nameof(FloatFunction.Expm1), -20, 20, 3 },
        { nameof(FloatFunction.Log), 1e-37f, 100, 1 },
        { nameof(FloatFunction.Log), 0.5f, 2, 1 },
        { nameof(FloatFunction.Tanh), -10, 10, 2 },
        { nameof(FloatFunction.Sigmoid), -80, 30, 3 },
        { nameof(FloatFunction.Softplus), -80, 30, 3 },
        { nameof(FloatFunction.Erf), -5, 5, 2 },
        { nameof(FloatFunction.Abs), -3, 3, 0 },
        { nameof(FloatFunction.Negate), -3, 3, 0 },
        { nameof(FloatFunction.Square), -3, 3, 0.5 },
        { nameof(FloatFunction.Sqrt), 0, 3, 0.5 },
        { nameof(FloatFunction.Rsqrt), 0.01f, 3, 2 },
        { nameof(FloatFunction.Reciprocal), -3, 3, 0.5 },
        { nameof(FloatFunction.Round), -9, 9, 0 },
        { nameof(FloatFunction.Floor), -9, 9, 0 },
        { nameof(FloatFunction.Ceil), -9, 9, 0 },
        { nameof(FloatFunction.Softsign), -9, 9, 2 },
        { nameof(FloatFunction.Relu), -9, 9, 0 },
        { nameof(FloatFunction.Relu6), -9, 9, 0 },
        { nameof(FloatFunction.Elu), -9, 9, 3 },
        { nameof(FloatFunction.Selu), -9, 9, 4 },
        { nameof(FloatFunction.Swish), -40, 9, 3 },
        { nameof(FloatFunction.HardSigmoid), -2.5f, 9, 4 },
        { nameof(FloatFunction.HardSwish), -2.5f, 9, 4 },
        { nameof(FloatFunction.Gelu), -1, 9, 4 },
        { nameof(FloatFunction.GeluTanh), -1, 9, 4 },
        { nameof(FloatFunction.Mish), -40, 9, 5 },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Is_as_exact_as_documented(string name, float from, float to, double allowed)
    {
        const int Count = 200_000;
        float[] x = new float[Count], y = new float[Count];
        for (int i = 0; i < Count; i++) x[i] = (float)(from + (to - (double)from) * i / (Count - 1));
        UnaryFloat.Run(Enum.Parse<FloatFunction>(name), x, y);
        double worst = 0;
        float worstAt = 0;
        for (int i = 0; i < Count; i++)
        {
            double exact = Define(name, x[i]);
            if (Math.Abs(exact) < 1.2e-38) continue;
            double error = Math.Abs(y[i] - exact) / UnitInLastPlace(exact);
            if (!(error <= worst)) (worst, worstAt) = (error, x[i]);
        }
        Assert.True(worst <= allowed, $"{name}({worstAt:R}) is {worst:F2} ulp off.");
    }

    [Fact]
    public void Every_function_is_tested() =>
        Assert.Equal(Enum.GetNames<FloatFunction>().Order(), Functions.Select(row => (string)row[0]).Distinct().Order());

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        float[] x = Inputs();
        foreach (FloatFunction function in Enum.GetValues<FloatFunction>())
        {
            float[] wide = new float[x.Length];
            UnaryFloat.Run(function, x, wide);
            for (int i = 0; i < x.Length; i++)
            {
                float single = 0;
                UnaryFloat.Run(function, x.AsSpan(i, 1), new Span<float>(ref single));
                if (float.IsNaN(single) && float.IsNaN(wide[i])) continue;
                Assert.True(
                    BitConverter.SingleToInt32Bits(single) == BitConverter.SingleToInt32Bits(wide[i]),
                    $"{function}({x[i]:R}) is {single:R} alone and {wide[i]:R} among others.");
            }
        }
    }

    [Theory]
    [InlineData("Exp", float.NegativeInfinity, 0)]
    [InlineData("Exp", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Exp", 89f, float.PositiveInfinity)]
    [InlineData("Exp", 0f, 1)]
    [InlineData("Log", 0f, float.NegativeInfinity)]
    [InlineData("Log", 1f, 0)]
    [InlineData("Log", -1f, float.NaN)]
    [InlineData("Log", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Tanh", float.PositiveInfinity, 1)]
    [InlineData("Tanh", float.NegativeInfinity, -1)]
    [InlineData("Sigmoid", float.NegativeInfinity, 0)]
    [InlineData("Sigmoid", float.PositiveInfinity, 1)]
    [InlineData("Erf", float.PositiveInfinity, 1)]
    [InlineData("Erf", float.NegativeInfinity, -1)]
    [InlineData("Softplus", 200f, 200)]
    public void At_the_ends(string function, float x, float expected)
    {
        float[] results = new float[20];
        UnaryFloat.Run(Enum.Parse<FloatFunction>(function), Enumerable.Repeat(x, 20).ToArray(), results);
        Assert.All(results, result => Assert.Equal(expected, result));
    }

    [Fact]
    public void NaN_stays_NaN()
    {
        foreach (FloatFunction function in Enum.GetValues<FloatFunction>())
        {
            float[] results = new float[21];
            UnaryFloat.Run(function, Enumerable.Repeat(float.NaN, 21).ToArray(), results);
            Assert.True(results.All(float.IsNaN), function.ToString());
        }
    }

    /// <summary>Numbers of all magnitudes and what lies at the limits.</summary>
    private static float[] Inputs()
    {
        Random random = new(6);
        List<float> x = [0, -0f, 1, -1, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.Epsilon];
        for (int i = 0; i < 3000; i++) x.Add(BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)));
        for (int i = 0; i < 3000; i++) x.Add((random.NextSingle() * 2 - 1) * 20);
        return [.. x];
    }

    private static double UnitInLastPlace(double exact)
    {
        float nearest = Math.Abs((float)exact);
        return (double)float.BitIncrement(nearest) - nearest;
    }

    private static double Define(string name, double x) => name switch
    {
        nameof(FloatFunction.Exp) => Math.Exp(x),
        nameof(FloatFunction.Expm1) => Expm1(x),
        nameof(FloatFunction.Log) => Math.Log(x),
        nameof(FloatFunction.Tanh) => Math.Tanh(x),
        nameof(FloatFunction.Sigmoid) => Sigmoid(x),
        nameof(FloatFunction.Softplus) => Softplus(x),
        nameof(FloatFunction.Erf) => Erf(x),
        nameof(FloatFunction.Abs) => Math.Abs(x),
        nameof(FloatFunction.Negate) => -x,
        nameof(FloatFunction.Square) => x * x,
        nameof(FloatFunction.Sqrt) => Math.Sqrt(x),
        nameof(FloatFunction.Rsqrt) => 1 / Math.Sqrt(x),
        nameof(FloatFunction.Reciprocal) => 1 / x,
        nameof(FloatFunction.Round) => Math.Round(x),
        nameof(FloatFunction.Floor) => Math.Floor(x),
        nameof(FloatFunction.Ceil) => Math.Ceiling(x),
        nameof(FloatFunction.Softsign) => x / (1 + Math.Abs(x)),
        nameof(FloatFunction.Relu) => Math.Max(x, 0),
        nameof(FloatFunction.Relu6) => Math.Clamp(x, 0, 6),
        nameof(FloatFunction.Elu) => x < 0 ? Expm1(x) : x,
        nameof(FloatFunction.Selu) => 1.0507009873554805 * (x < 0 ? 1.6732632423543772 * Expm1(x) : x),
        nameof(FloatFunction.Swish) => x * Sigmoid(x),
        nameof(FloatFunction.HardSigmoid) => Math.Clamp(x + 3, 0, 6) / 6,
        nameof(FloatFunction.HardSwish) => x * Math.Clamp(x + 3, 0, 6) / 6,
        nameof(FloatFunction.Gelu) => x * (1 + Erf(x / Math.Sqrt(2))) / 2,
        nameof(FloatFunction.GeluTanh) => x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))) / 2,
        nameof(FloatFunction.Mish) => x * Math.Tanh(Softplus(x)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No definition."),
    };

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>e^x - 1; 2 e^(x/2) sinh(x/2) does not cancel.</summary>
    private static double Expm1(double x) => 2 * Math.Exp(x / 2) * Math.Sinh(x / 2);

    /// <summary>ln(1 + e^x) = -ln(1 - sigmoid(x)), by the series of ln(1 + e) where e is small.</summary>
    private static double Softplus(double x)
    {
        double e = Math.Exp(-Math.Abs(x));
        return Math.Max(x, 0) + (e < 1e-5 ? e - e * e / 2 + e * e * e / 3 : Math.Log(1 + e));
    }

    /// <summary>Taylor series below 3, continued fraction of the complement above.</summary>
    private static double Erf(double x)
    {
        double a = Math.Abs(x);
        if (a < 3)
        {
            double term = x, sum = x;
            for (int n = 1; n < 120; n++)
            {
                term *= -x * x / n;
                sum += term / (2 * n + 1);
            }
            return 2 / Math.Sqrt(Math.PI) * sum;
        }
        double fraction = a;
        for (int k = 60; k > 0; k--) fraction = a + k / 2.0 / fraction;
        return Math.Sign(x) * (1 - Math.Exp(-a * a) / Math.Sqrt(Math.PI) / fraction);
    }
}
