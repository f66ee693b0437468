using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Transcendental functions of float by fixed polynomials: the same bits on every CPU, unlike those of the C library. Made
/// of additions, multiplications and divisions, each rounded to float; nothing fused.
/// </summary>
internal static class FloatMath
{
    /// <summary>e to the power of x, within 1 ulp for normal results; results below the normal numbers are 0.</summary>
    /// <remarks>
    /// x = n ln 2 + r with |r| at most ln 2 / 2, ln 2 in two parts so that r is nearly exact (Cody and Waite); e^r by its Taylor
    /// polynomial of degree 7, whose remainder is below 2^-27; times 2^n through the exponent bits.
    /// </remarks>
    public static float Exp(float x)
    {
        const float Log2E = 1.44269504f;
        const float Ln2High = 0.693359375f;
        const float Ln2Low = -2.12194440e-4f;
        const float Overflow = 88.72283f;
        const float Underflow = -87.33654f;
        if (float.IsNaN(x)) return x;
        if (x > Overflow) return float.PositiveInfinity;
        if (x < Underflow) return 0;
        float n = MathF.Round(x * Log2E);
        float r = x - n * Ln2High;
        r -= n * Ln2Low;
        float p = 1f / 5040;
        p = p * r + 1f / 720;
        p = p * r + 1f / 120;
        p = p * r + 1f / 24;
        p = p * r + 1f / 6;
        p = p * r + 0.5f;
        p = p * r * r + r + 1f;
        int half = (int)n / 2;
        return p * PowerOfTwo(half) * PowerOfTwo((int)n - half);
    }

    private static float PowerOfTwo(int exponent) => BitConverter.Int32BitsToSingle((exponent + 127) << 23);
}
