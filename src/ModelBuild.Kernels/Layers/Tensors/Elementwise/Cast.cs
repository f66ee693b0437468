using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Converts elements from one type to another as TensorFlow does on x86: fractions are cut off, integers keep their low bits, what
/// a truth value is made of is true unless 0. A number outside the range of a signed integer gives the least one of 32 or 64
/// bits, of which narrower types keep the low bits.
/// </summary>
internal static class Cast
{
    /// <summary>Converts. Types: float, double, Half, BFloat16, bool and the integers of 8 to 64 bits.</summary>
    public static void Run<TFrom, TTo>(ReadOnlySpan<TFrom> source, Span<TTo> destination)
    {
        destination = destination.Slice(0, source.Length);
        for (int i = 0; i < source.Length; i++) destination[i] = Element<TFrom, TTo>(source[i]);
    }

    // Comparisons of types and the boxing between them vanish when the code is compiled for given types.
    private static TTo Element<TFrom, TTo>(TFrom x)
    {
        object value = x!;
        if (typeof(TFrom) == typeof(float)) return FromFloating<TTo>((float)value);
        if (typeof(TFrom) == typeof(double)) return FromFloating<TTo>((double)value);
        if (typeof(TFrom) == typeof(Half)) return FromFloating<TTo>((double)(Half)value);
        if (typeof(TFrom) == typeof(BFloat16)) return FromFloating<TTo>((float)(BFloat16)value);
        if (typeof(TFrom) == typeof(bool)) return FromInteger<TTo>((bool)value ? 1 : 0);
        if (typeof(TFrom) == typeof(sbyte)) return FromInteger<TTo>((sbyte)value);
        if (typeof(TFrom) == typeof(byte)) return FromInteger<TTo>((byte)value);
        if (typeof(TFrom) == typeof(short)) return FromInteger<TTo>((short)value);
        if (typeof(TFrom) == typeof(ushort)) return FromInteger<TTo>((ushort)value);
        if (typeof(TFrom) == typeof(int)) return FromInteger<TTo>((int)value);
        if (typeof(TFrom) == typeof(uint)) return FromInteger<TTo>((uint)value);
        if (typeof(TFrom) == typeof(long)) return FromInteger<TTo>((long)value);
        if (typeof(TFrom) == typeof(ulong)) return FromUnsigned<TTo>((ulong)value);
        throw new NotSupportedException("Tensor operation: there is no cast from " + typeof(TFrom).Name + ".");
    }

    private static TTo FromFloating<TTo>(double x)
    {
        if (typeof(TTo) == typeof(float)) return (TTo)(object)(float)x;
        if (typeof(TTo) == typeof(double)) return (TTo)(object)x;
        if (typeof(TTo) == typeof(Half)) return (TTo)(object)(Half)x;
        if (typeof(TTo) == typeof(BFloat16)) return (TTo)(object)(BFloat16)(float)x;
        if (typeof(TTo) == typeof(bool)) return (TTo)(object)(x != 0);
        if (typeof(TTo) == typeof(long)) return (TTo)(object)ToLong(x);
        if (typeof(TTo) == typeof(uint)) return (TTo)(object)unchecked((uint)ToLong(x));
        if (typeof(TTo) == typeof(ulong)) return (TTo)(object)ToUnsignedLong(x);
        return FromInteger<TTo>(ToInt(x));
    }

    private static TTo FromInteger<TTo>(long x)
    {
        if (typeof(TTo) == typeof(float)) return (TTo)(object)(float)x;
        if (typeof(TTo) == typeof(double)) return (TTo)(object)(double)x;
        if (typeof(TTo) == typeof(Half)) return (TTo)(object)(Half)(float)x;
        if (typeof(TTo) == typeof(BFloat16)) return (TTo)(object)(BFloat16)(float)x;
        if (typeof(TTo) == typeof(bool)) return (TTo)(object)(x != 0);
        if (typeof(TTo) == typeof(sbyte)) return (TTo)(object)unchecked((sbyte)x);
        if (typeof(TTo) == typeof(byte)) return (TTo)(object)unchecked((byte)x);
        if (typeof(TTo) == typeof(short)) return (TTo)(object)unchecked((short)x);
        if (typeof(TTo) == typeof(ushort)) return (TTo)(object)unchecked((ushort)x);
        if (typeof(TTo) == typeof(int)) return (TTo)(object)unchecked((int)x);
        if (typeof(TTo) == typeof(uint)) return (TTo)(object)unchecked((uint)x);
        if (typeof(TTo) == typeof(long)) return (TTo)(object)x;
        if (typeof(TTo) == typeof(ulong)) return (TTo)(object)unchecked((ulong)x);
        throw new NotSupportedException("Tensor operation: there is no cast to " + typeof(TTo).Name + ".");
    }

    private static TTo FromUnsigned<TTo>(ulong x)
    {
        if (typeof(TTo) == typeof(float)) return (TTo)(object)(float)x;
        if (typeof(TTo) == typeof(double)) return (TTo)(object)(double)x;
        if (typeof(TTo) == typeof(Half)) return (TTo)(object)(Half)(float)x;
        if (typeof(TTo) == typeof(BFloat16)) return (TTo)(object)(BFloat16)(float)x;
        return FromInteger<TTo>(unchecked((long)x));
    }

    private static int ToInt(double x) => x > -2147483649.0 && x < 2147483648.0 ? (int)x : int.MinValue;

    private static long ToLong(double x) => x >= -9223372036854775808.0 && x < 9223372036854775808.0 ? (long)x : long.MinValue;

    /// <summary>What x86 compilers emit: from 2^63 on the top bit is set apart.</summary>
    private static ulong ToUnsignedLong(double x) =>
        x >= 9223372036854775808.0 ? unchecked((ulong)ToLong(x - 9223372036854775808.0)) ^ (1UL << 63) : unchecked((ulong)ToLong(x));
}

/// <inheritdoc cref="Cast"/>
/// <param name="input">Input.</param>
/// <param name="output">Output.</param>
internal sealed class Cast<TFrom, TTo>(FlatBuffer<TFrom> input, FlatBuffer<TTo> output) : Layer
    where TFrom : unmanaged
    where TTo : unmanaged
{
    private readonly FlatBuffer<TTo> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace) => Cast.Run<TFrom, TTo>(workspace.Elements(input), workspace.Elements(_output));
}
