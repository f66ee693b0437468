using System;

namespace ModelBuild.Kernels;

/// <summary>The gamma function and its relatives in double.</summary>
internal static class GammaMath
{
    /// <summary>From here on the asymptotic series below are exact to double precision; lesser arguments are moved up to it.</summary>
    private const double Asymptotic = 12;

    /// <summary>Sums give up here: reached only by arguments whose result no float can tell from 0 or 1.</summary>
    private const int MostTerms = 100_000;

    // Bernoulli numbers B2, B4, ... B16.
    private static readonly double[] Bernoulli = [1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510];

    /// <summary>ln |gamma(x)|: Stirling's series (Abramowitz and Stegun 6.1.40); below 1/2 by reflection (6.1.17).</summary>
    public static double LogGamma(double x)
    {
        if (double.IsNaN(x)) return x;
        if (double.IsInfinity(x) || (x <= 0 && x == Math.Floor(x))) return double.PositiveInfinity;
        if (x < 0.5) return Math.Log(Math.PI / Math.Abs(Math.Sin(Math.PI * x))) - LogGamma(1 - x);
        double product = 1;
        for (; x < Asymptotic; x++) product *= x;
        double sum = (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI);
        double power = 1 / x;
        for (int k = 1; k <= Bernoulli.Length; k++, power /= x * x) sum += Bernoulli[k - 1] / (2 * k * (2 * k - 1)) * power;
        return sum - Math.Log(product);
    }

    /// <summary>The derivative of <see cref="LogGamma"/> (Abramowitz and Stegun 6.3.18, 6.3.7); not a number at its poles.</summary>
    public static double Digamma(double x)
    {
        if (x <= 0) return x == Math.Floor(x) ? double.NaN : Digamma(1 - x) - Math.PI / Math.Tan(Math.PI * x);
        double below = 0;
        for (; x < Asymptotic; x++) below += 1 / x;
        double sum = Math.Log(x) - 0.5 / x - below;
        double power = 1 / (x * x);
        for (int k = 1; k <= Bernoulli.Length; k++, power /= x * x) sum -= Bernoulli[k - 1] / (2 * k) * power;
        return sum;
    }

    /// <summary>Derivative <paramref name="order"/> of <see cref="Digamma"/>, by <see cref="Zeta"/> (Abramowitz and Stegun 6.4.10).</summary>
    public static double Polygamma(double order, double x)
    {
        if (order == 0) return Digamma(x);
        if (!(order > 0) || order != Math.Floor(order)) return double.NaN;
        double sign = order % 2 == 0 ? -1 : 1;
        return sign * Math.Exp(LogGamma(order + 1)) * Zeta(order + 1, x);
    }

    /// <summary>The sum of (q + n)^-s over n from 0, whose tail is Euler and Maclaurin's formula.</summary>
    public static double Zeta(double s, double q)
    {
        if (s == 1) return double.PositiveInfinity;
        if (!(s > 1)) return double.NaN;
        if (q <= 0 && q == Math.Floor(q)) return double.PositiveInfinity;
        // A negative number has a real power only where the exponent is an integer.
        if (double.IsNaN(q) || q < -MostTerms || (q < 0 && s != Math.Floor(s))) return double.NaN;
        double sum = 0;
        for (; q < Asymptotic; q++) sum += Math.Pow(q, -s);
        double power = Math.Pow(q, -s);
        sum += q * power / (s - 1) + power / 2;
        double term = s * power / q;
        double factorial = 2;
        for (int k = 1; k <= Bernoulli.Length; k++)
        {
            sum += Bernoulli[k - 1] / factorial * term;
            term *= (s + 2 * k - 1) * (s + 2 * k) / (q * q);
            factorial *= (2 * k + 1) * (2 * k + 2);
        }
        return sum;
    }

    /// <summary>
    /// The regularised incomplete gamma functions P(a, x) and Q = 1 - P: below a + 1 the series (Abramowitz and Stegun 6.5.29), above the
    /// continued fraction (6.5.31) by Lentz' method.
    /// </summary>
    public static double Incomplete(double a, double x, bool isUpper)
    {
        if (!(x >= 0) || !(a > 0)) return double.NaN;
        if (x == 0) return isUpper ? 1 : 0;
        if (double.IsInfinity(x)) return isUpper ? 0 : 1;
        double front = Math.Exp(a * Math.Log(x) - x - LogGamma(a));
        if (x < a + 1)
        {
            double lower = front * LowerSeries(a, x);
            return isUpper ? 1 - lower : lower;
        }
        double upper = front * UpperFraction(a, x);
        return isUpper ? upper : 1 - upper;
    }

    private static double LowerSeries(double a, double x)
    {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < MostTerms && term > sum * 1e-17; n++)
        {
            term *= x / (a + n);
            sum += term;
        }
        return sum;
    }

    private static double UpperFraction(double a, double x)
    {
        const double tiny = 1e-300;
        double b = x + 1 - a;
        double c = 1 / tiny;
        double d = 1 / b;
        double fraction = d;
        for (int n = 1; n < MostTerms; n++)
        {
            double numerator = -n * (n - a);
            b += 2;
            d = numerator * d + b;
            if (Math.Abs(d) < tiny) d = tiny;
            c = b + numerator / c;
            if (Math.Abs(c) < tiny) c = tiny;
            d = 1 / d;
            fraction *= d * c;
            if (Math.Abs(d * c - 1) < 1e-16) break;
        }
        return fraction;
    }
}
