using System;

namespace ModelBuild.Kernels;

/// <summary>Modified Bessel functions of the first kind, times e^-|x|, in double.</summary>
internal static class BesselMath
{
    /// <summary>From here on the asymptotic series is exact to double precision.</summary>
    private const double Asymptotic = 30;

    /// <summary>Order 0.</summary>
    public static double I0e(double x) => Scaled(0, Math.Abs(x));

    /// <summary>Order 1, an odd function.</summary>
    public static double I1e(double x) => Math.CopySign(Scaled(1, Math.Abs(x)), x);

    /// <summary>The power series (Abramowitz and Stegun 9.6.10), whose terms are positive, or the asymptotic one (9.7.1).</summary>
    private static double Scaled(int order, double x)
    {
        if (double.IsInfinity(x)) return 0;
        double term = order == 0 ? 1 : x / 2;
        if (x < Asymptotic)
        {
            double series = term;
            for (int k = 1; term > series * 1e-17; k++)
            {
                term *= x * x / 4 / (k * (k + order));
                series += term;
            }
            return series * Math.Exp(-x);
        }
        const int terms = 20;
        double mu = 4 * order * order;
        term = 1;
        double sum = 1;
        for (int k = 1; k <= terms; k++)
        {
            term *= -(mu - (2 * k - 1) * (2 * k - 1)) / (k * 8 * x);
            sum += term;
        }
        return sum / Math.Sqrt(2 * Math.PI * x);
    }
}
