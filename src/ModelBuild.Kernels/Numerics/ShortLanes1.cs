using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>One lane: the specification.</summary>
internal readonly struct ShortLanes1 : IShortLanes<int>
{
    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Load(ref int source, nuint index) => Unsafe.Add(ref source, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(int value, ref int destination, nuint index) => Unsafe.Add(ref destination, index) = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LoadShorts(ref short source, nuint index) => Unsafe.Add(ref source, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreShorts(int value, ref short destination, nuint index) => Unsafe.Add(ref destination, index) = (short)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Create(int value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MultiplyAdd(int sum, int left, int right) => sum + (short)left * (short)right + (left >> 16) * (right >> 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToFloat(int integers) => BitConverter.SingleToInt32Bits(integers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Multiply(int left, int right) =>
        BitConverter.SingleToInt32Bits(BitConverter.Int32BitsToSingle(left) * BitConverter.Int32BitsToSingle(right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RoundSum(int left, int right, float low, float high)
    {
        float value = BitConverter.Int32BitsToSingle(left) + BitConverter.Int32BitsToSingle(right);
        value = value > low ? value : low;
        value = value < high ? value : high;
        return (int)MathF.Round(value);
    }
}
