using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// The functions of <see cref="BinaryFunction"/> that integers have their own form of. Division by zero is an error; the least
/// number divided by -1 wraps around to itself.
/// </summary>
internal static class IntegerFunctions
{
    private static T Quotient<T>(T left, T right) where T : IBinaryInteger<T>
    {
        if (right == T.Zero) throw new DivideByZeroException("Tensor operation: integer division by zero.");
        return IsMinusOne(right) ? unchecked(T.Zero - left) : left / right;
    }

    private static T Remainder<T>(T left, T right) where T : IBinaryInteger<T>
    {
        if (right == T.Zero) throw new DivideByZeroException("Tensor operation: integer division by zero.");
        return IsMinusOne(right) ? T.Zero : left % right;
    }

    private static bool IsMinusOne<T>(T value) where T : IBinaryInteger<T> => T.IsNegative(value) && value + T.One == T.Zero;

    /// <inheritdoc cref="BinaryFunction.TruncateDivide"/>
    internal readonly struct TruncateDivide<T> : IBinaryFunction<T, T> where T : IBinaryInteger<T>
    {
        public static T Apply(T left, T right) => Quotient(left, right);
    }

    /// <inheritdoc cref="BinaryFunction.TruncateModulo"/>
    internal readonly struct TruncateModulo<T> : IBinaryFunction<T, T> where T : IBinaryInteger<T>
    {
        public static T Apply(T left, T right) => Remainder(left, right);
    }

    /// <inheritdoc cref="BinaryFunction.DivideNoNan"/>
    internal readonly struct DivideNoNan<T> : IBinaryFunction<T, T> where T : IBinaryInteger<T>
    {
        public static T Apply(T left, T right) => right == T.Zero ? T.Zero : Quotient(left, right);
    }

    /// <inheritdoc cref="BinaryFunction.FloorDivide"/>
    internal readonly struct FloorDivide<T> : IBinaryFunction<T, T> where T : IBinaryInteger<T>
    {
        public static T Apply(T left, T right)
        {
            T quotient = Quotient(left, right);
            T rest = Remainder(left, right);
            return rest != T.Zero && T.IsNegative(rest) != T.IsNegative(right) ? quotient - T.One : quotient;
        }
    }

    /// <inheritdoc cref="BinaryFunction.FloorModulo"/>
    internal readonly struct FloorModulo<T> : IBinaryFunction<T, T> where T : IBinaryInteger<T>
    {
        public static T Apply(T left, T right)
        {
            T rest = Remainder(left, right);
            return rest != T.Zero && T.IsNegative(rest) != T.IsNegative(right) ? rest + right : rest;
        }
    }

    /// <inheritdoc cref="BinaryFunction.Power"/>
    /// <remarks>By repeated squaring, each product wrapping around.</remarks>
    internal readonly struct Power<T> : IBinaryFunction<T, T> where T : IBinaryInteger<T>
    {
        public static T Apply(T left, T right)
        {
            if (T.IsNegative(right)) throw new ArgumentException("Tensor operation: integers to negative integer powers are not allowed.");
            T result = T.One;
            for (; right != T.Zero; right >>= 1)
            {
                if (T.IsOddInteger(right)) result *= left;
                left *= left;
            }
            return result;
        }
    }
}
