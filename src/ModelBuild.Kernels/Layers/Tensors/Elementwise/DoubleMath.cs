using System;

namespace ModelBuild.Kernels;

/// <summary>The functions of <see cref="UnaryFunction"/> in double.</summary>
internal static class DoubleMath
{
    /// <summary>Alpha of the scaled exponential linear unit (Klambauer et al. 2017).</summary>
    private const double SeluAlpha = 1.6732632423543772848170429916717;

    /// <summary>Scale of the scaled exponential linear unit.</summary>
    private const double SeluScale = 1.0507009873554804934193349852946;

    /// <summary>The function's value.</summary>
    public static double Apply(UnaryFunction function, double x) => function switch
    {
        UnaryFunction.Abs => Math.Abs(x),
        UnaryFunction.Negate => -x,
        UnaryFunction.Sign => x > 0 ? 1 : x < 0 ? -1 : x,
        UnaryFunction.Square => x * x,
        UnaryFunction.Sqrt => Math.Sqrt(x),
        UnaryFunction.Rsqrt => 1 / Math.Sqrt(x),
        UnaryFunction.Reciprocal => 1 / x,
        UnaryFunction.Round => Math.Round(x, MidpointRounding.ToEven),
        UnaryFunction.Floor => Math.Floor(x),
        UnaryFunction.Ceil => Math.Ceiling(x),
        UnaryFunction.Exp => Math.Exp(x),
        UnaryFunction.Expm1 => ExpMinusOne(x),
        UnaryFunction.Log => Math.Log(x),
        UnaryFunction.Log1p => LogOnePlus(x),
        UnaryFunction.Sin => Math.Sin(x),
        UnaryFunction.Cos => Math.Cos(x),
        UnaryFunction.Tan => Math.Tan(x),
        UnaryFunction.Asin => Math.Asin(x),
        UnaryFunction.Acos => Math.Acos(x),
        UnaryFunction.Atan => Math.Atan(x),
        UnaryFunction.Sinh => Math.Sinh(x),
        UnaryFunction.Cosh => Math.Cosh(x),
        UnaryFunction.Tanh => Math.Tanh(x),
        UnaryFunction.Asinh => Math.Asinh(x),
        UnaryFunction.Acosh => Math.Acosh(x),
        UnaryFunction.Atanh => Math.Atanh(x),
        UnaryFunction.Sigmoid => 1 / (1 + Math.Exp(-x)),
        UnaryFunction.Erf => Erf(x),
        UnaryFunction.Erfc => Erfc(x),
        UnaryFunction.Softplus => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x))),
        UnaryFunction.Softsign => x / (1 + Math.Abs(x)),
        UnaryFunction.Relu => x < 0 ? 0 : x,
        UnaryFunction.Relu6 => x < 0 ? 0 : x > 6 ? 6 : x,
        UnaryFunction.Elu => x < 0 ? ExpMinusOne(x) : x,
        UnaryFunction.Selu => SeluScale * (x < 0 ? SeluAlpha * ExpMinusOne(x) : x),
        UnaryFunction.LogGamma => GammaMath.LogGamma(x),
        UnaryFunction.Digamma => GammaMath.Digamma(x),
        UnaryFunction.ErfInverse => QuantileMath.ErfInverse(x),
        UnaryFunction.NormalQuantile => QuantileMath.Normal(x),
        UnaryFunction.BesselI0e => BesselMath.I0e(x),
        UnaryFunction.BesselI1e => BesselMath.I1e(x),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such function."),
    };

    /// <summary>e^x - 1 without cancellation near 0 (Kahan: the rounding errors of e^x and of its logarithm cancel).</summary>
    public static double ExpMinusOne(double x)
    {
        if (Math.Abs(x) > 1) return Math.Exp(x) - 1;
        double power = Math.Exp(x);
        if (power == 1) return x;
        return (power - 1) * x / Math.Log(power);
    }

    /// <summary>ln(1 + x) without cancellation near 0 (Goldberg 1991, theorem 4).</summary>
    public static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        if (sum == 1 || double.IsInfinity(sum)) return x;
        return Math.Log(sum) * x / (sum - 1);
    }

    /// <summary>The error function: below 2.5 by the series 2/sqrt(pi) e^(-x^2) sum 2^n x^(2n+1) / (2n+1)!!, whose terms are of one sign.</summary>
    public static double Erf(double x)
    {
        double magnitude = Math.Abs(x);
        if (double.IsNaN(x)) return x;
        if (magnitude >= 2.5) return Math.CopySign(1 - Tail(magnitude), x);
        double term = x;
        double sum = x;
        for (int n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>1 - erf(x), without cancellation for large x.</summary>
    public static double Erfc(double x) => x >= 2.5 ? Tail(x) : 1 - Erf(x);

    /// <summary>
    /// erfc(x) for x from 2.5 on by its continued fraction e^(-x^2) / sqrt(pi) / (x + (1/2) / (x + 1 / (x + (3/2) / ...))) (Abramowitz and
    /// Stegun 7.1.14), from the inside out; 60 levels are exact to double precision there.
    /// </summary>
    private static double Tail(double x)
    {
        if (double.IsInfinity(x)) return 0;
        double fraction = x;
        for (int level = 60; level > 0; level--) fraction = x + level / 2.0 / fraction;
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }
}
