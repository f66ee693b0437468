using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Calibration.DataFree;

/// <summary>The standard normal distribution, with the same bits on every machine.</summary>
internal static class NormalDistribution
{
    // From here on a double cannot tell the cumulative distribution from 0 or 1.
    private const double Tail = 8.3;

    private static readonly double Peak = 1 / Math.Sqrt(2 * Math.PI);

    /// <summary>The density at x.</summary>
    public static double Density(double x) => Peak * TableMath.Exp(-x * x / 2);

    /// <summary>
    /// The probability of less than x: 1/2 + density(x) * (x + x^3/3 + x^5/(3*5) + ...), to about 1e-15 (G. Marsaglia, Evaluating the
    /// normal distribution, Journal of Statistical Software 11(4), 2004).
    /// </summary>
    public static double Cumulative(double x)
    {
        if (x < -Tail) return 0;
        if (x > Tail) return 1;
        double term = x, sum = x, before = 0;
        for (int odd = 3; sum != before; odd += 2)
        {
            term *= x * x / odd;
            (before, sum) = (sum, sum + term);
        }
        return 0.5 + sum * Density(x);
    }
}
