using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector512<int>;

namespace ModelBuild.Kernels;

/// <summary>16 lanes by AVX512BW.</summary>
internal readonly struct ShortLanes512 : IShortLanes<V>
{
    public static int Count => V.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load(ref int source, nuint index) => Vector512.LoadUnsafe(ref source, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(V value, ref int destination, nuint index) => value.StoreUnsafe(ref destination, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LoadShorts(ref short source, nuint index) =>
        Avx512F.ConvertToVector512Int32(Vector256.LoadUnsafe(ref source, index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreShorts(V value, ref short destination, nuint index) =>
        Avx512F.ConvertToVector256Int16(value).StoreUnsafe(ref destination, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Create(int value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V MultiplyAdd(V sum, V left, V right) =>
        sum + Avx512BW.MultiplyAddAdjacent(left.AsInt16(), right.AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ToFloat(V integers) => Vector512.ConvertToSingle(integers).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Multiply(V left, V right) => (left.AsSingle() * right.AsSingle()).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V RoundSum(V left, V right, float low, float high)
    {
        Vector512<float> value = left.AsSingle() + right.AsSingle();
        Vector512<float> least = Vector512.Create(low);
        Vector512<float> most = Vector512.Create(high);
        value = Vector512.ConditionalSelect(Vector512.GreaterThan(value, least), value, least);
        value = Vector512.ConditionalSelect(Vector512.LessThan(value, most), value, most);
        return Vector512.ConvertToInt32Native(Vector512.Round(value));
    }
}
