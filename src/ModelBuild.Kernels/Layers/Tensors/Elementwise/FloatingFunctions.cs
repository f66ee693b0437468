using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>The functions of <see cref="BinaryFunction"/> that floating-point numbers have their own form of.</summary>
internal static class FloatingFunctions
{
    /// <inheritdoc cref="BinaryFunction.Divide"/>
    internal readonly struct Divide<T> : IBinaryFunction<T, T> where T : IFloatingPointIeee754<T>
    {
        public static bool HasVector => true;

        public static T Apply(T left, T right) => left / right;

        public static Vector<T> Apply(Vector<T> left, Vector<T> right) => left / right;
    }

    /// <inheritdoc cref="BinaryFunction.DivideNoNan"/>
    internal readonly struct DivideNoNan<T> : IBinaryFunction<T, T> where T : IFloatingPointIeee754<T>
    {
        public static T Apply(T left, T right) => right == T.Zero ? T.Zero : left / right;
    }

    /// <inheritdoc cref="BinaryFunction.FloorDivide"/>
    internal readonly struct FloorDivide<T> : IBinaryFunction<T, T> where T : IFloatingPointIeee754<T>
    {
        public static T Apply(T left, T right) => T.Floor(left / right);
    }

    /// <inheritdoc cref="BinaryFunction.FloorModulo"/>
    internal readonly struct FloorModulo<T> : IBinaryFunction<T, T> where T : IFloatingPointIeee754<T>
    {
        public static T Apply(T left, T right)
        {
            T rest = left % right;
            return rest != T.Zero && right < T.Zero != rest < T.Zero ? rest + right : rest;
        }
    }

    /// <inheritdoc cref="BinaryFunction.TruncateDivide"/>
    internal readonly struct TruncateDivide<T> : IBinaryFunction<T, T> where T : IFloatingPointIeee754<T>
    {
        public static T Apply(T left, T right) => T.Truncate(left / right);
    }

    /// <inheritdoc cref="BinaryFunction.TruncateModulo"/>
    internal readonly struct TruncateModulo<T> : IBinaryFunction<T, T> where T : IFloatingPointIeee754<T>
    {
        public static T Apply(T left, T right) => left % right;
    }

    /// <inheritdoc cref="BinaryFunction.Power"/>
    internal readonly struct Power<T> : IBinaryFunction<T, T> where T : IFloatingPointIeee754<T>
    {
        public static T Apply(T left, T right) => T.CreateTruncating(Math.Pow(double.CreateTruncating(left), double.CreateTruncating(right)));
    }

    /// <inheritdoc cref="BinaryFunction.Atan2"/>
    internal readonly struct Atan2<T> : IBinaryFunction<T, T> where T : IFloatingPointIeee754<T>
    {
        public static T Apply(T left, T right) => T.CreateTruncating(Math.Atan2(double.CreateTruncating(left), double.CreateTruncating(right)));
    }

    /// <inheritdoc cref="BinaryFunction.NextAfter"/>
    internal readonly struct NextAfter<T> : IBinaryFunction<T, T> where T : IFloatingPointIeee754<T>
    {
        public static T Apply(T left, T right)
        {
            if (left == right) return right;
            if (T.IsNaN(left) || T.IsNaN(right)) return T.NaN;
            return left < right ? T.BitIncrement(left) : T.BitDecrement(left);
        }
    }
}
