using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector128<int>;

namespace ModelBuild.Kernels;

/// <summary>4 lanes by the portable 128-bit vectors.</summary>
internal readonly struct ShortLanes128 : IShortLanes<V>
{
    public static int Count => V.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load(ref int source, nuint index) => Vector128.LoadUnsafe(ref source, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(V value, ref int destination, nuint index) => value.StoreUnsafe(ref destination, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LoadShorts(ref short source, nuint index) =>
        Vector128.WidenLower(Vector64.LoadUnsafe(ref source, index).ToVector128Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreShorts(V value, ref short destination, nuint index) =>
        Vector128.Narrow(value, value).GetLower().StoreUnsafe(ref destination, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Create(int value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V MultiplyAdd(V sum, V left, V right) =>
        Sse2.IsSupported
        ? sum + Sse2.MultiplyAddAdjacent(left.AsInt16(), right.AsInt16())
        : sum + (left << 16 >> 16) * (right << 16 >> 16) + (left >> 16) * (right >> 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ToFloat(V integers) => Vector128.ConvertToSingle(integers).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Multiply(V left, V right) => (left.AsSingle() * right.AsSingle()).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V RoundSum(V left, V right, float low, float high)
    {
        Vector128<float> value = left.AsSingle() + right.AsSingle();
        Vector128<float> least = Vector128.Create(low);
        Vector128<float> most = Vector128.Create(high);
        value = Vector128.ConditionalSelect(Vector128.GreaterThan(value, least), value, least);
        value = Vector128.ConditionalSelect(Vector128.LessThan(value, most), value, most);
        return Vector128.ConvertToInt32Native(Vector128.Round(value));
    }
}
