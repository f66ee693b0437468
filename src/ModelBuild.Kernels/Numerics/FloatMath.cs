using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Transcendental functions of float by fixed polynomials: the same bits on every CPU and for every vector width, unlike those
/// of the C library. Made of additions, multiplications, divisions and roundings, each rounded to float; nothing fused. The
/// polynomials were found by interpolation at Chebyshev nodes of the range that each remark names. NaN gives NaN.
/// </summary>
internal static class FloatMath
{
    private const float Log2E = 1.44269504f;

    /// <summary>ln 2 to 9 bits, so that its product with a small integer is exact.</summary>
    private const float Ln2High = 0.693359375f;

    /// <summary>ln 2 less <see cref="Ln2High"/>.</summary>
    private const float Ln2Low = -2.12194440e-4f;

    /// <inheritdoc cref="Exp{TVector, TLanes}(TVector)"/>
    public static float Exp(float x) => Exp<float, FloatLanes1>(x);

    /// <summary>e to the power of x, within 1 ulp. Results below the normal numbers are 0.</summary>
    /// <remarks>x = n ln 2 + r, |r| at most ln 2 / 2 (Cody and Waite); e^r = 1 + r + r^2 P(r); times 2^n in two steps.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector>
    {
        TVector overflow = TLanes.Create(88.72283f);
        TVector underflow = TLanes.Create(-87.33654f);
        TVector inside = TLanes.SelectLess(overflow, x, overflow, TLanes.SelectLess(x, underflow, underflow, x));
        TVector n = TLanes.Round(TLanes.Multiply(inside, TLanes.Create(Log2E)));
        TVector r = TLanes.Subtract(inside, TLanes.Multiply(n, TLanes.Create(Ln2High)));
        r = TLanes.Subtract(r, TLanes.Multiply(n, TLanes.Create(Ln2Low)));
        TVector p = TLanes.Create(1.98909896e-4f);
        p = Step<TVector, TLanes>(p, r, 1.39336474e-3f);
        p = Step<TVector, TLanes>(p, r, 8.33331048e-3f);
        p = Step<TVector, TLanes>(p, r, 4.16664667e-2f);
        p = Step<TVector, TLanes>(p, r, 0.166666672f);
        p = Step<TVector, TLanes>(p, r, 0.5f);
        p = TLanes.Add(TLanes.Multiply(TLanes.Multiply(p, r), r), r);
        p = TLanes.Add(p, TLanes.Create(1));
        TVector half = TLanes.Round(TLanes.Multiply(n, TLanes.Create(0.5f)));
        p = TLanes.Multiply(p, TLanes.PowerOfTwo(half));
        p = TLanes.Multiply(p, TLanes.PowerOfTwo(TLanes.Subtract(n, half)));
        p = TLanes.SelectLess(overflow, x, TLanes.Create(float.PositiveInfinity), p);
        p = TLanes.SelectLess(x, underflow, TLanes.Create(0), p);
        return KeepNaN<TVector, TLanes>(x, p);
    }

    /// <summary>Natural logarithm, within 1 ulp; of 0 (and of numbers below the normal ones) -infinity, of less NaN.</summary>
    /// <remarks>x = 2^e (1 + f), f in [sqrt(1/2) - 1, sqrt(2) - 1]; ln(1 + f) = f - f^2 / 2 + f^3 P(f).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector>
    {
        TVector exponent = TLanes.Exponent(x);
        TVector mantissa = TLanes.Mantissa(x);
        TVector root = TLanes.Create(1.41421354f);
        TVector one = TLanes.Create(1);
        exponent = TLanes.SelectLess(root, mantissa, TLanes.Add(exponent, one), exponent);
        mantissa = TLanes.SelectLess(root, mantissa, TLanes.Multiply(mantissa, TLanes.Create(0.5f)), mantissa);
        TVector f = TLanes.Subtract(mantissa, one);
        TVector p = TLanes.Create(-0.0620150007f);
        p = Step<TVector, TLanes>(p, f, 0.105308644f);
        p = Step<TVector, TLanes>(p, f, -0.10646192f);
        p = Step<TVector, TLanes>(p, f, 0.110377833f);
        p = Step<TVector, TLanes>(p, f, -0.124507435f);
        p = Step<TVector, TLanes>(p, f, 0.142865241f);
        p = Step<TVector, TLanes>(p, f, -0.166680008f);
        p = Step<TVector, TLanes>(p, f, 0.200000107f);
        p = Step<TVector, TLanes>(p, f, -0.249999896f);
        p = Step<TVector, TLanes>(p, f, 0.333333343f);
        TVector square = TLanes.Multiply(f, f);
        TVector result = TLanes.Multiply(TLanes.Multiply(p, f), square);
        result = TLanes.Add(result, TLanes.Multiply(exponent, TLanes.Create(Ln2Low)));
        result = TLanes.Subtract(result, TLanes.Multiply(square, TLanes.Create(0.5f)));
        result = TLanes.Add(result, f);
        result = TLanes.Add(result, TLanes.Multiply(exponent, TLanes.Create(Ln2High)));
        result = TLanes.SelectLess(x, TLanes.Create(1.17549435e-38f), TLanes.Create(float.NegativeInfinity), result);
        result = TLanes.SelectLess(x, TLanes.Create(0), TLanes.Create(float.NaN), result);
        result = TLanes.SelectLess(TLanes.Create(float.MaxValue), x, x, result);
        return KeepNaN<TVector, TLanes>(x, result);
    }

    /// <summary>Hyperbolic tangent, within 2 ulp.</summary>
    /// <remarks>Below 0.625 x + x^3 P(x^2), above 1 - 2 / (e^2x + 1).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector>
    {
        TVector one = TLanes.Create(1);
        TVector two = TLanes.Create(2);
        TVector absolute = Absolute<TVector, TLanes>(x);
        TVector large = Exp<TVector, TLanes>(TLanes.Multiply(absolute, two));
        large = TLanes.Subtract(one, TLanes.Divide(two, TLanes.Add(large, one)));
        large = WithSign<TVector, TLanes>(large, x);
        TVector square = TLanes.Multiply(x, x);
        TVector p = TLanes.Create(2.29274482e-3f);
        p = Step<TVector, TLanes>(p, square, -8.34394526e-3f);
        p = Step<TVector, TLanes>(p, square, 2.17689183e-2f);
        p = Step<TVector, TLanes>(p, square, -5.39592579e-2f);
        p = Step<TVector, TLanes>(p, square, 0.133333042f);
        p = Step<TVector, TLanes>(p, square, -0.333333343f);
        TVector small = TLanes.Add(TLanes.Multiply(TLanes.Multiply(p, square), x), x);
        return TLanes.SelectLess(absolute, TLanes.Create(0.625f), small, large);
    }

    /// <summary>1 / (1 + e^-x), within 3 ulp where the result is a normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector>
    {
        TVector one = TLanes.Create(1);
        TVector exponential = Exp<TVector, TLanes>(TLanes.Subtract(TLanes.Create(0), x));
        return TLanes.Divide(one, TLanes.Add(one, exponential));
    }

    /// <summary>The error function, within 2 ulp.</summary>
    /// <remarks>Below 1 x + x P(x^2), above 1 - e^Q(x) with Q fitted to ln(1 - erf x) on [1, 4]; from 4 on it is 1.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Erf<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector>
    {
        TVector one = TLanes.Create(1);
        TVector four = TLanes.Create(4);
        TVector absolute = Absolute<TVector, TLanes>(x);
        TVector limited = TLanes.SelectLess(four, absolute, four, absolute);
        TVector q = TLanes.Create(1.6371514e-6f);
        q = Step<TVector, TLanes>(q, limited, -4.60580413e-5f);
        q = Step<TVector, TLanes>(q, limited, 5.9680565e-4f);
        q = Step<TVector, TLanes>(q, limited, -4.7595962e-3f);
        q = Step<TVector, TLanes>(q, limited, 2.64211353e-2f);
        q = Step<TVector, TLanes>(q, limited, -0.110080086f);
        q = Step<TVector, TLanes>(q, limited, -0.631826043f);
        q = Step<TVector, TLanes>(q, limited, -1.13023341f);
        q = Step<TVector, TLanes>(q, limited, 3.2013806e-4f);
        TVector large = WithSign<TVector, TLanes>(TLanes.Subtract(one, Exp<TVector, TLanes>(q)), x);
        TVector square = TLanes.Multiply(x, x);
        TVector p = TLanes.Create(7.87587487e-5f);
        p = Step<TVector, TLanes>(p, square, -8.0168643e-4f);
        p = Step<TVector, TLanes>(p, square, 5.18908724e-3f);
        p = Step<TVector, TLanes>(p, square, -2.68542115e-2f);
        p = Step<TVector, TLanes>(p, square, 0.112835944f);
        p = Step<TVector, TLanes>(p, square, -0.37612626f);
        p = Step<TVector, TLanes>(p, square, 0.128379167f);
        TVector small = TLanes.Add(TLanes.Multiply(p, x), x);
        return TLanes.SelectLess(absolute, one, small, large);
    }

    /// <summary>ln(1 + e^x), within 3 ulp where the result is a normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Softplus<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector>
    {
        TVector zero = TLanes.Create(0);
        TVector exponential = Exp<TVector, TLanes>(TLanes.Subtract(zero, Absolute<TVector, TLanes>(x)));
        TVector rest = LogOnePlus<TVector, TLanes>(exponential);
        return TLanes.Add(TLanes.SelectLess(x, zero, zero, x), rest);
    }

    /// <summary>e^x - 1, within 3 ulp.</summary>
    /// <remarks>As tanh(x / 2) (e^x + 1) near zero, where e^x - 1 would cancel.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpMinusOne<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector>
    {
        TVector one = TLanes.Create(1);
        TVector exponential = Exp<TVector, TLanes>(x);
        TVector small = Tanh<TVector, TLanes>(TLanes.Multiply(x, TLanes.Create(0.5f)));
        small = TLanes.Multiply(small, TLanes.Add(exponential, one));
        return TLanes.SelectLess(Absolute<TVector, TLanes>(x), one, small, TLanes.Subtract(exponential, one));
    }

    /// <summary>ln(1 + x) for x in [0, 1], within 2 ulp.</summary>
    /// <remarks>ln(u) x / (u - 1) with u = 1 + x rounded (Kahan); x where u is 1.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LogOnePlus<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector>
    {
        TVector one = TLanes.Create(1);
        TVector u = TLanes.Add(one, x);
        TVector logarithm = TLanes.Multiply(Log<TVector, TLanes>(u), TLanes.Divide(x, TLanes.Subtract(u, one)));
        return TLanes.SelectLess(one, u, logarithm, x);
    }

    /// <summary>The absolute value; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Absolute<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
        TLanes.SelectLess(x, TLanes.Create(0), TLanes.Subtract(TLanes.Create(0), x), x);

    /// <summary>A step of Horner's rule.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Step<TVector, TLanes>(TVector p, TVector x, float coefficient)
        where TVector : struct where TLanes : IFloatLanes<TVector> =>
        TLanes.Add(TLanes.Multiply(p, x), TLanes.Create(coefficient));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector WithSign<TVector, TLanes>(TVector magnitude, TVector sign)
        where TVector : struct where TLanes : IFloatLanes<TVector> =>
        TLanes.SelectLess(sign, TLanes.Create(0), TLanes.Subtract(TLanes.Create(0), magnitude), magnitude);

    /// <summary><paramref name="result"/>, or <paramref name="x"/> where that is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector KeepNaN<TVector, TLanes>(TVector x, TVector result)
        where TVector : struct where TLanes : IFloatLanes<TVector> =>
        TLanes.SelectLess(x, TLanes.Create(float.PositiveInfinity), result, TLanes.SelectLess(TLanes.Create(0), x, result, x));
}
