using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Lowering;

/// <summary>
/// Transcendental functions for tables, made of additions, multiplications, divisions, roundings and square roots alone: the C
/// library's differ in the last bits between machines, and a plan must not. Exact to about 1e-14 of the result, which is far below
/// what a byte shows.
/// </summary>
internal static class TableMath
{
    /// <summary>ln 2 in two parts, the first with zeros at its end so that its products with small integers are exact.</summary>
    private const double Ln2High = 0.693147180369123816490, Ln2Low = 1.90821492927058770002e-10;

    /// <summary>pi / 2 in two parts likewise.</summary>
    private const double HalfPiHigh = 1.57079632673412561417, HalfPiLow = 6.07710050650619224932e-11;

    /// <summary>Terms of series whose argument is below 0.7, after which they no longer change a double.</summary>
    private const int Terms = 20;

    /// <summary>Number of halvings of an angle's tangent before its series.</summary>
    private const int Halvings = 3;

    /// <summary>The function; null for those whose kernels are arithmetic or polynomials of float, and for special functions.</summary>
    public static Func<double, double>? Of(UnaryKind function) => function switch
    {
        UnaryKind.Log1p => x => Log(1 + x),
        UnaryKind.Sin => x => Sine(x, 0),
        UnaryKind.Cos => x => Sine(x, 1),
        UnaryKind.Tan => x => Sine(x, 0) / Sine(x, 1),
        UnaryKind.Asin => x => Atan2(x, Math.Sqrt((1 - x) * (1 + x))),
        UnaryKind.Acos => x => Atan2(Math.Sqrt((1 - x) * (1 + x)), x),
        UnaryKind.Atan => x => Atan2(x, 1),
        UnaryKind.Sinh => x => (Exp(x) - Exp(-x)) / 2,
        UnaryKind.Cosh => x => (Exp(x) + Exp(-x)) / 2,
        UnaryKind.Asinh => x => Math.CopySign(Log(Math.Abs(x) + Math.Sqrt(x * x + 1)), x),
        UnaryKind.Acosh => x => Log(x + Math.Sqrt((x - 1) * (x + 1))),
        UnaryKind.Atanh => x => Log((1 + x) / (1 - x)) / 2,
        _ => null,
    };

    /// <summary>The function; null for arithmetic and for special functions.</summary>
    public static Func<double, double, double>? Of(BinaryKind function) => function switch
    {
        BinaryKind.Power => Power,
        BinaryKind.Atan2 => Atan2,
        _ => null,
    };

    /// <summary>e^x: e^(n ln 2 + r) = 2^n e^r, the latter by its series.</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x)) return x;
        if (Math.Abs(x) > 745) return x > 0 ? double.PositiveInfinity : 0;
        double n = Math.Round(x / (Ln2High + Ln2Low)), r = x - n * Ln2High - n * Ln2Low, sum = 1;
        for (int term = Terms; term > 0; term--) sum = 1 + r / term * sum;
        return Math.ScaleB(sum, (int)n);
    }

    /// <summary>ln x: x = 2^n m with m near 1, and ln m = 2 artanh((m - 1) / (m + 1)) by its series.</summary>
    public static double Log(double x)
    {
        if (double.IsNaN(x) || x < 0) return double.NaN;
        if (x == 0 || double.IsInfinity(x)) return x == 0 ? double.NegativeInfinity : x;
        int n = Math.ILogB(x);
        double mantissa = Math.ScaleB(x, -n);
        if (mantissa > 4.0 / 3) (mantissa, n) = (mantissa / 2, n + 1);
        double t = (mantissa - 1) / (mantissa + 1), square = t * t, sum = 0;
        for (int power = 2 * Terms + 1; power > 0; power -= 2) sum = 1.0 / power + square * sum;
        return n * Ln2High + (n * Ln2Low + 2 * t * sum);
    }

    /// <summary>The angle of the point (x, y): a tangent of at most 1, its angle halved some times, then the series.</summary>
    public static double Atan2(double y, double x)
    {
        if (double.IsNaN(x) || double.IsNaN(y)) return double.NaN;
        double a = Math.Abs(x), b = Math.Abs(y);
        if (a == 0 && b == 0) return Math.CopySign(x < 0 || double.IsNegative(x) ? Math.PI : 0, y);
        if (double.IsInfinity(a)) (a, b) = (1, double.IsInfinity(b) ? 1 : 0);
        double tangent = Math.Min(a, b) / Math.Max(a, b);
        for (int halving = 0; halving < Halvings; halving++) tangent /= 1 + Math.Sqrt(1 + tangent * tangent);
        double square = tangent * tangent, sum = 0;
        for (int power = 2 * Terms + 1; power > 0; power -= 2) sum = 1.0 / power - square * sum;
        double angle = Math.ScaleB(tangent * sum, Halvings);
        if (b > a) angle = Math.PI / 2 - angle;
        if (x < 0) angle = Math.PI - angle;
        return Math.CopySign(angle, y);
    }

    /// <summary>The sine of x + quarters * pi / 2, by the series of sine or cosine of what is left of x after quarter turns.</summary>
    private static double Sine(double x, int quarters)
    {
        double turns = Math.Round(x / (HalfPiHigh + HalfPiLow)), r = x - turns * HalfPiHigh - turns * HalfPiLow, square = r * r, sum = 0;
        int quarter = (int)(((turns + quarters) % 4 + 4) % 4);
        int first = quarter % 2 == 0 ? 1 : 0;
        for (int power = 2 * Terms + first; power > first; power -= 2) sum = square / (power * (power - 1)) * (1 - sum);
        double value = (1 - sum) * (first == 1 ? r : 1);
        return quarter >= 2 ? -value : value;
    }

    private static double Power(double x, double y)
    {
        bool isWhole = y == Math.Round(y);
        if (y == 0 || x == 1) return 1;
        if (x == 0) return y > 0 ? 0 : double.PositiveInfinity;
        if (x < 0 && !isWhole) return double.NaN;
        double power = Exp(y * Log(Math.Abs(x)));
        return x < 0 && Math.Abs(y % 2) == 1 ? -power : power;
    }
}
