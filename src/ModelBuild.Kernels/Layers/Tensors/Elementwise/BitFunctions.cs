using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>The functions of <see cref="BinaryFunction"/> on the bits of integers.</summary>
internal static class BitFunctions
{
    /// <summary>A number of bits that a shift may have: one outside the type's goes to the nearest.</summary>
    private static int Bits<T>(T count) where T : IBinaryInteger<T> =>
        T.IsNegative(count) ? 0 : int.CreateSaturating(T.Min(count, T.CreateTruncating(T.Zero.GetByteCount() * 8 - 1)));

    /// <inheritdoc cref="BinaryFunction.BitwiseAnd"/>
    internal readonly struct And<T> : IBinaryFunction<T, T> where T : IBinaryInteger<T>
    {
        public static bool HasVector => true;

        public static T Apply(T left, T right) => left & right;

        public static Vector<T> Apply(Vector<T> left, Vector<T> right) => left & right;
    }

    /// <inheritdoc cref="BinaryFunction.BitwiseOr"/>
    internal readonly struct Or<T> : IBinaryFunction<T, T> where T : IBinaryInteger<T>
    {
        public static bool HasVector => true;

        public static T Apply(T left, T right) => left | right;

        public static Vector<T> Apply(Vector<T> left, Vector<T> right) => left | right;
    }

    /// <inheritdoc cref="BinaryFunction.BitwiseXor"/>
    internal readonly struct Xor<T> : IBinaryFunction<T, T> where T : IBinaryInteger<T>
    {
        public static bool HasVector => true;

        public static T Apply(T left, T right) => left ^ right;

        public static Vector<T> Apply(Vector<T> left, Vector<T> right) => left ^ right;
    }

    /// <inheritdoc cref="BinaryFunction.ShiftLeft"/>
    internal readonly struct Left<T> : IBinaryFunction<T, T> where T : IBinaryInteger<T>
    {
        public static T Apply(T left, T right) => left << Bits(right);
    }

    /// <inheritdoc cref="BinaryFunction.ShiftRight"/>
    internal readonly struct Right<T> : IBinaryFunction<T, T> where T : IBinaryInteger<T>
    {
        public static T Apply(T left, T right) => left >> Bits(right);
    }
}
