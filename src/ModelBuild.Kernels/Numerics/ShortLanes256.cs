using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector256<int>;

namespace ModelBuild.Kernels;

/// <summary>8 lanes by AVX2.</summary>
internal readonly struct ShortLanes256 : IShortLanes<V>
{
    public static int Count => V.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load(ref int source, nuint index) => Vector256.LoadUnsafe(ref source, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(V value, ref int destination, nuint index) => value.StoreUnsafe(ref destination, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LoadShorts(ref short source, nuint index) =>
        Avx2.ConvertToVector256Int32(Vector128.LoadUnsafe(ref source, index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreShorts(V value, ref short destination, nuint index) =>
        Vector128.Narrow(value.GetLower(), value.GetUpper()).StoreUnsafe(ref destination, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Create(int value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V MultiplyAdd(V sum, V left, V right) =>
        sum + Avx2.MultiplyAddAdjacent(left.AsInt16(), right.AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ToFloat(V integers) => Vector256.ConvertToSingle(integers).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Multiply(V left, V right) => (left.AsSingle() * right.AsSingle()).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V RoundSum(V left, V right, float low, float high)
    {
        Vector256<float> value = left.AsSingle() + right.AsSingle();
        Vector256<float> least = Vector256.Create(low);
        Vector256<float> most = Vector256.Create(high);
        value = Vector256.ConditionalSelect(Vector256.GreaterThan(value, least), value, least);
        value = Vector256.ConditionalSelect(Vector256.LessThan(value, most), value, most);
        return Vector256.ConvertToInt32Native(Vector256.Round(value));
    }
}
