using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Tests.Lowering;

/// <summary>The functions of tables against those of the C library, whose errors are far smaller than what is asked here.</summary>
public class TableMathTests
{
    private const double Accuracy = 1e-13;

    public static TheoryData<UnaryKind> Functions => [.. Enum.GetValues<UnaryKind>().Where(function => TableMath.Of(function) is not null)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Functions_are_accurate(UnaryKind function)
    {
        Func<double, double> expected = function switch
        {
            UnaryKind.Log1p => x => Math.Log(1 + x),
            UnaryKind.Sin => Math.Sin,
            UnaryKind.Cos => Math.Cos,
            UnaryKind.Tan => Math.Tan,
            UnaryKind.Asin => Math.Asin,
            UnaryKind.Acos => Math.Acos,
            UnaryKind.Atan => Math.Atan,
            UnaryKind.Sinh => Math.Sinh,
            UnaryKind.Cosh => Math.Cosh,
            UnaryKind.Asinh => Math.Asinh,
            UnaryKind.Acosh => Math.Acosh,
            UnaryKind.Atanh => Math.Atanh,
            _ => throw new ArgumentOutOfRangeException(nameof(function)),
        };
        // Near whole quarter turns sine and tangent lose digits, so that the error is asked of their size or 1.
        for (int i = -4000; i <= 4000; i++) Same(expected(i / 200.0), TableMath.Of(function)!(i / 200.0), $"{function}({i / 200.0})");
        foreach (double x in new[] { 0, 1, -1, 1e-30, 1e6, -1e6, double.NaN })
            Same(expected(x), TableMath.Of(function)!(x), $"{function}({x})");
    }

    [Fact]
    public void Exponentials_and_logarithms_are_accurate()
    {
        for (int i = -7000; i <= 7000; i++) Same(Math.Exp(i / 10.0), TableMath.Exp(i / 10.0), $"exp({i / 10.0})");
        for (int i = -300; i <= 300; i++) Same(i * Math.Log(10), TableMath.Log(double.Parse($"1e{i}")), $"log(1e{i})");
        Assert.Equal((double.PositiveInfinity, 0), (TableMath.Exp(1e3), TableMath.Exp(-1e3)));
        Assert.Equal((double.NegativeInfinity, double.NaN), (TableMath.Log(0), TableMath.Log(-1)));
    }

    [Fact]
    public void Functions_of_two_numbers_are_accurate()
    {
        double[] numbers = [-3, -2.5, -1, -0.0, 0, 0.3, 1, 2, 2.5, 7];
        foreach (double x in numbers)
        {
            foreach (double y in numbers)
            {
                Same(Math.Atan2(y, x), TableMath.Of(BinaryKind.Atan2)!(y, x), $"atan2({y}, {x})");
                if (x != 0) Same(Math.Pow(x, y), TableMath.Of(BinaryKind.Power)!(x, y), $"{x}^{y}");
            }
        }
    }

    private static void Same(double expected, double actual, string what)
    {
        bool isNear = expected.Equals(actual) || Math.Abs(expected - actual) <= Accuracy * Math.Max(Math.Abs(expected), 1);
        Assert.True(isNear, $"{what} is {actual} instead of {expected}.");
    }
}
