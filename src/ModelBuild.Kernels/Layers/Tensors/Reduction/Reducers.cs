using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>The reductions: floating-point numbers are added and multiplied in double, integers in their own type, wrapping around.</summary>
internal static class Reducers
{
    internal readonly struct FloatingSum<T> : IReducer<T, double> where T : IFloatingPointIeee754<T>
    {
        public static double Start => 0;
        public static double Include(double sum, T element) => sum + double.CreateTruncating(element);
        public static double Join(double left, double right) => left + right;
        public static T Finish(double sum, int count) => T.CreateTruncating(sum);
    }

    internal readonly struct FloatingMean<T> : IReducer<T, double> where T : IFloatingPointIeee754<T>
    {
        public static double Start => 0;
        public static double Include(double sum, T element) => sum + double.CreateTruncating(element);
        public static double Join(double left, double right) => left + right;
        public static T Finish(double sum, int count) => T.CreateTruncating(sum / count);
    }

    internal readonly struct FloatingProduct<T> : IReducer<T, double> where T : IFloatingPointIeee754<T>
    {
        public static double Start => 1;
        public static double Include(double sum, T element) => sum * double.CreateTruncating(element);
        public static double Join(double left, double right) => left * right;
        public static T Finish(double sum, int count) => T.CreateTruncating(sum);
    }

    internal readonly struct FloatingNorm<T> : IReducer<T, double> where T : IFloatingPointIeee754<T>
    {
        public static double Start => 0;

        public static double Include(double sum, T element)
        {
            double x = double.CreateTruncating(element);
            return sum + x * x;
        }

        public static double Join(double left, double right) => left + right;
        public static T Finish(double sum, int count) => T.CreateTruncating(Math.Sqrt(sum));
    }

    internal readonly struct IntegerSum<T> : IReducer<T, T> where T : IBinaryInteger<T>
    {
        public static T Start => T.Zero;
        public static T Include(T sum, T element) => sum + element;
        public static T Join(T left, T right) => left + right;
        public static T Finish(T sum, int count) => sum;
    }

    /// <remarks>Summed in 64 bits, so that narrow types do not overflow; 0 of nothing.</remarks>
    internal readonly struct IntegerMean<T> : IReducer<T, long> where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        public static long Start => 0;
        public static long Include(long sum, T element) => sum + long.CreateTruncating(element);
        public static long Join(long left, long right) => left + right;

        public static T Finish(long sum, int count)
        {
            if (count == 0) return T.Zero;
            return T.IsZero(T.MinValue) ? T.CreateTruncating((ulong)sum / (ulong)count) : T.CreateTruncating(sum / count);
        }
    }

    internal readonly struct IntegerProduct<T> : IReducer<T, T> where T : IBinaryInteger<T>
    {
        public static T Start => T.One;
        public static T Include(T sum, T element) => sum * element;
        public static T Join(T left, T right) => left * right;
        public static T Finish(T sum, int count) => sum;
    }

    internal readonly struct IntegerNorm<T> : IReducer<T, T> where T : IBinaryInteger<T>
    {
        public static T Start => T.Zero;
        public static T Include(T sum, T element) => sum + element * element;
        public static T Join(T left, T right) => left + right;
        public static T Finish(T sum, int count) => T.CreateTruncating(Math.Sqrt(double.CreateTruncating(sum)));
    }

    /// <remarks>Starts at the least value: minus infinity where there is one.</remarks>
    internal readonly struct Greatest<T> : IReducer<T, T> where T : INumber<T>, IMinMaxValue<T>
    {
        public static T Start => T.IsInfinity(T.MinValue + T.MinValue) ? T.MinValue + T.MinValue : T.MinValue;
        public static T Include(T sum, T element) => MaximumFunction<T>.Apply(sum, element);
        public static T Join(T left, T right) => MaximumFunction<T>.Apply(left, right);
        public static T Finish(T sum, int count) => sum;
    }

    internal readonly struct Least<T> : IReducer<T, T> where T : INumber<T>, IMinMaxValue<T>
    {
        public static T Start => T.IsInfinity(T.MaxValue + T.MaxValue) ? T.MaxValue + T.MaxValue : T.MaxValue;
        public static T Include(T sum, T element) => MinimumFunction<T>.Apply(sum, element);
        public static T Join(T left, T right) => MinimumFunction<T>.Apply(left, right);
        public static T Finish(T sum, int count) => sum;
    }

    internal readonly struct All : IReducer<bool, bool>
    {
        public static bool Start => true;
        public static bool Include(bool sum, bool element) => sum & element;
        public static bool Join(bool left, bool right) => left & right;
        public static bool Finish(bool sum, int count) => sum;
    }

    internal readonly struct Any : IReducer<bool, bool>
    {
        public static bool Start => false;
        public static bool Include(bool sum, bool element) => sum | element;
        public static bool Join(bool left, bool right) => left | right;
        public static bool Finish(bool sum, int count) => sum;
    }
}
