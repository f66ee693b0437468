using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// Integers that stand for the real numbers of a range as in TensorFlow's mode MIN_FIRST: the lowest integer for the minimum, rounded
/// to a whole number of steps so that 0 is exact, and the highest for the maximum.
/// </summary>
internal static class QuantizedNumbers
{
    /// <summary>The integer of a number, which may lie outside those of the type; the lowest where the range is empty.</summary>
    public static long FromRealUnlimited<T>(float x, float minimum, float maximum) where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        long lowest = long.CreateChecked(T.MinValue);
        if (minimum == maximum) return lowest;
        double scale = Steps<T>() / Range<T>(minimum, maximum);
        return (long)RoundAway(x * scale) - (long)RoundAway(minimum * scale) + lowest;
    }

    /// <summary>The integer of a number, limited to those of the type.</summary>
    public static T FromReal<T>(float x, float minimum, float maximum) where T : IBinaryInteger<T>, IMinMaxValue<T> =>
        T.CreateSaturating(FromRealUnlimited<T>(x, minimum, maximum));

    /// <summary>The number of an integer; the minimum where the range is empty.</summary>
    public static float ToReal<T>(T q, float minimum, float maximum) where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        if (minimum == maximum) return minimum;
        double scale = Range<T>(minimum, maximum) / Steps<T>();
        double first = RoundAway(minimum / (float)scale) * (float)scale;
        return (float)(first + (double.CreateChecked(q) - double.CreateChecked(T.MinValue)) * scale);
    }

    /// <summary>To the nearest, halves away from 0.</summary>
    public static double RoundAway(double x) => Math.Round(x, MidpointRounding.AwayFromZero);

    private static double Steps<T>() where T : IBinaryInteger<T> => Math.ScaleB(1, T.Zero.GetByteCount() * 8);

    /// <summary>The range with the step beyond its last integer.</summary>
    private static double Range<T>(float minimum, float maximum) where T : IBinaryInteger<T> => (maximum - minimum) * (Steps<T>() / (Steps<T>() - 1));
}
