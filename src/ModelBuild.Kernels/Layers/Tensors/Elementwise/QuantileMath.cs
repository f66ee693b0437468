using System;

namespace ModelBuild.Kernels;

/// <summary>Inverses of the error function and of the normal distribution in double.</summary>
internal static class QuantileMath
{
    /// <summary>The x whose error function is y; infinite at -1 and 1, not a number beyond.</summary>
    public static double ErfInverse(double y) => Math.CopySign(Solve(Math.Abs(y), 1 - Math.Abs(y)), y);

    /// <summary>The x that a standard normal variable is below with the given probability.</summary>
    public static double Normal(double probability) => probability < 0.5
        ? -Math.Sqrt(2) * Solve(1 - 2 * probability, 2 * probability)
        : Math.Sqrt(2) * Solve(2 * probability - 1, 2 - 2 * probability);

    /// <summary>The x from 0 on with erf(x) = y and erfc(x) = rest: Winitzki's approximation, then Halley's method on the more exact of both.</summary>
    private static double Solve(double y, double rest)
    {
        const double winitzki = 0.147;
        const int steps = 4;
        if (!(rest > 0)) return rest == 0 ? double.PositiveInfinity : double.NaN;
        double logarithm = Math.Log(rest * (1 + y));
        double half = 2 / (Math.PI * winitzki) + logarithm / 2;
        double x = Math.Sqrt(Math.Sqrt(half * half - logarithm / winitzki) - half);
        for (int step = 0; step < steps; step++)
        {
            double residual = y < 0.5 ? DoubleMath.Erf(x) - y : rest - DoubleMath.Erfc(x);
            double correction = residual / (2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x));
            x -= correction / (1 + x * correction);
        }
        return x;
    }
}
