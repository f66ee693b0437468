using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// The functions of <see cref="FloatFunction"/>, each a type, so that a loop over an array is compiled for each of them.
/// </summary>
internal static class FloatFunctions
{
    /// <inheritdoc cref="FloatFunction.Abs"/>
    internal readonly struct AbsFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            FloatMath.Absolute<TVector, TLanes>(x);
    }

    /// <inheritdoc cref="FloatFunction.Negate"/>
    internal readonly struct NegateFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            TLanes.Subtract(TLanes.Create(0), x);
    }

    /// <inheritdoc cref="FloatFunction.Square"/>
    internal readonly struct SquareFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            TLanes.Multiply(x, x);
    }

    /// <inheritdoc cref="FloatFunction.Sqrt"/>
    internal readonly struct SqrtFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            TLanes.SquareRoot(x);
    }

    /// <inheritdoc cref="FloatFunction.Rsqrt"/>
    internal readonly struct RsqrtFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            TLanes.Divide(TLanes.Create(1), TLanes.SquareRoot(x));
    }

    /// <inheritdoc cref="FloatFunction.Reciprocal"/>
    internal readonly struct ReciprocalFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            TLanes.Divide(TLanes.Create(1), x);
    }

    /// <inheritdoc cref="FloatFunction.Round"/>
    internal readonly struct RoundFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            TLanes.Round(x);
    }

    /// <inheritdoc cref="FloatFunction.Floor"/>
    internal readonly struct FloorFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector>
        {
            TVector rounded = TLanes.Round(x);
            return TLanes.SelectLess(x, rounded, TLanes.Subtract(rounded, TLanes.Create(1)), rounded);
        }
    }

    /// <inheritdoc cref="FloatFunction.Ceil"/>
    internal readonly struct CeilFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector>
        {
            TVector rounded = TLanes.Round(x);
            return TLanes.SelectLess(rounded, x, TLanes.Add(rounded, TLanes.Create(1)), rounded);
        }
    }

    /// <inheritdoc cref="FloatFunction.Exp"/>
    internal readonly struct ExpFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            FloatMath.Exp<TVector, TLanes>(x);
    }

    /// <inheritdoc cref="FloatFunction.Expm1"/>
    internal readonly struct Expm1Function : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            FloatMath.ExpMinusOne<TVector, TLanes>(x);
    }

    /// <inheritdoc cref="FloatFunction.Log"/>
    internal readonly struct LogFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            FloatMath.Log<TVector, TLanes>(x);
    }

    /// <inheritdoc cref="FloatFunction.Tanh"/>
    internal readonly struct TanhFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            FloatMath.Tanh<TVector, TLanes>(x);
    }

    /// <inheritdoc cref="FloatFunction.Sigmoid"/>
    internal readonly struct SigmoidFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            FloatMath.Sigmoid<TVector, TLanes>(x);
    }

    /// <inheritdoc cref="FloatFunction.Erf"/>
    internal readonly struct ErfFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            FloatMath.Erf<TVector, TLanes>(x);
    }

    /// <inheritdoc cref="FloatFunction.Softplus"/>
    internal readonly struct SoftplusFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            FloatMath.Softplus<TVector, TLanes>(x);
    }

    /// <inheritdoc cref="FloatFunction.Softsign"/>
    internal readonly struct SoftsignFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            TLanes.Divide(x, TLanes.Add(TLanes.Create(1), FloatMath.Absolute<TVector, TLanes>(x)));
    }

    /// <inheritdoc cref="FloatFunction.Relu"/>
    internal readonly struct ReluFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            TLanes.SelectLess(x, TLanes.Create(0), TLanes.Create(0), x);
    }

    /// <inheritdoc cref="FloatFunction.Relu6"/>
    internal readonly struct Relu6Function : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            Limit<TVector, TLanes>(x, 0, 6);
    }

    /// <inheritdoc cref="FloatFunction.Elu"/>
    internal readonly struct EluFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            TLanes.SelectLess(x, TLanes.Create(0), FloatMath.ExpMinusOne<TVector, TLanes>(x), x);
    }

    /// <inheritdoc cref="FloatFunction.Selu"/>
    internal readonly struct SeluFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            TLanes.SelectLess(
                x, TLanes.Create(0), TLanes.Multiply(TLanes.Create(1.75809934f), FloatMath.ExpMinusOne<TVector, TLanes>(x)),
                TLanes.Multiply(TLanes.Create(1.05070099f), x));
    }

    /// <inheritdoc cref="FloatFunction.Swish"/>
    internal readonly struct SwishFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            TLanes.Multiply(x, FloatMath.Sigmoid<TVector, TLanes>(x));
    }

    /// <inheritdoc cref="FloatFunction.HardSigmoid"/>
    internal readonly struct HardSigmoidFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            TLanes.Multiply(Limit<TVector, TLanes>(TLanes.Add(x, TLanes.Create(3)), 0, 6), TLanes.Create(1f / 6));
    }

    /// <inheritdoc cref="FloatFunction.HardSwish"/>
    internal readonly struct HardSwishFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            TLanes.Multiply(x, HardSigmoidFunction.Apply<TVector, TLanes>(x));
    }

    /// <inheritdoc cref="FloatFunction.Gelu"/>
    internal readonly struct GeluFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector>
        {
            TVector erf = FloatMath.Erf<TVector, TLanes>(TLanes.Multiply(x, TLanes.Create(0.707106781f)));
            return TLanes.Multiply(TLanes.Multiply(x, TLanes.Create(0.5f)), TLanes.Add(erf, TLanes.Create(1)));
        }
    }

    /// <inheritdoc cref="FloatFunction.GeluTanh"/>
    internal readonly struct GeluTanhFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector>
        {
            TVector cube = TLanes.Multiply(TLanes.Multiply(x, x), TLanes.Multiply(x, TLanes.Create(0.044715f)));
            TVector tanh = FloatMath.Tanh<TVector, TLanes>(TLanes.Multiply(TLanes.Add(x, cube), TLanes.Create(0.797884561f)));
            return TLanes.Multiply(TLanes.Multiply(x, TLanes.Create(0.5f)), TLanes.Add(tanh, TLanes.Create(1)));
        }
    }

    /// <inheritdoc cref="FloatFunction.Mish"/>
    internal readonly struct MishFunction : IFloatFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TVector, TLanes>(TVector x) where TVector : struct where TLanes : IFloatLanes<TVector> =>
            TLanes.Multiply(x, FloatMath.Tanh<TVector, TLanes>(FloatMath.Softplus<TVector, TLanes>(x)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Limit<TVector, TLanes>(TVector x, float minimum, float maximum)
        where TVector : struct where TLanes : IFloatLanes<TVector>
    {
        TVector low = TLanes.Create(minimum);
        TVector high = TLanes.Create(maximum);
        x = TLanes.SelectLess(x, low, low, x);
        return TLanes.SelectLess(high, x, high, x);
    }
}
