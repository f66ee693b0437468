using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Benchmarks.Comparison;

/// <summary>
/// The rates of the multiply-add instructions of this CPU, in loops that do nothing else: eight independent sums, of operands that move, as
/// products of the same would be computed once.
/// </summary>
internal static class MachinePeaks
{
    private const int Repetitions = 20_000;
    private const int Rounds = 300;
    private const int Chains = 8;
    private const int VectorBytes = 64;

    /// <summary>Instructions, and billions of products a second.</summary>
    public static IEnumerable<(string Instructions, double Rate)> Measure()
    {
        byte[] block = GC.AllocateArray<byte>((Chains + 2) * VectorBytes, pinned: true);
        int start = (int)(VectorBytes - Marshal.UnsafeAddrOfPinnedArrayElement(block, 0) % VectorBytes);
        if (AvxVnni.IsSupported) yield return ("256-bit VPDPBUSD", Rate(Chains * 32, () => DotProducts(block.AsSpan(start))));
        if (Avx512BW.IsSupported)
        {
            yield return ("512-bit VPMADDUBSW, VPADDW", Rate(Chains * 64, () => Sums16(block.AsSpan(start))));
            yield return ("512-bit VPMADDUBSW, VPMADDWD, VPADDD", Rate(Chains * 64, () => Sums32(block.AsSpan(start))));
            yield return ("512-bit float FMA", Rate(Chains * 16, () => FloatSums512(block.AsSpan(start))));
        }
        else if (Fma.IsSupported)
        {
            yield return ("256-bit float FMA", Rate(Chains * 8, () => FloatSums256(block.AsSpan(start))));
        }
    }

    private static double Rate(int products, Action loop)
    {
        double least = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            loop();
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return (double)products * Repetitions / least / 1e9;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Vector256<int> DotProducts(ReadOnlySpan<byte> operands)
    {
        ref byte x = ref MemoryMarshal.GetReference(operands);
        Vector256<sbyte> w = Vector256.LoadUnsafe(ref x).AsSByte();
        Vector256<int> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (int i = 0, move = VectorBytes; i < Repetitions; i++, move = -move)
        {
            a = AvxVnni.MultiplyWideningAndAdd(a, Vector256.LoadUnsafe(ref x), w);
            b = AvxVnni.MultiplyWideningAndAdd(b, Vector256.LoadUnsafe(ref x, VectorBytes), w);
            c = AvxVnni.MultiplyWideningAndAdd(c, Vector256.LoadUnsafe(ref x, 2 * VectorBytes), w);
            d = AvxVnni.MultiplyWideningAndAdd(d, Vector256.LoadUnsafe(ref x, 3 * VectorBytes), w);
            e = AvxVnni.MultiplyWideningAndAdd(e, Vector256.LoadUnsafe(ref x, 4 * VectorBytes), w);
            f = AvxVnni.MultiplyWideningAndAdd(f, Vector256.LoadUnsafe(ref x, 5 * VectorBytes), w);
            g = AvxVnni.MultiplyWideningAndAdd(g, Vector256.LoadUnsafe(ref x, 6 * VectorBytes), w);
            h = AvxVnni.MultiplyWideningAndAdd(h, Vector256.LoadUnsafe(ref x, 7 * VectorBytes), w);
            x = ref Unsafe.Add(ref x, move);
        }
        return a + b + c + d + e + f + g + h;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Vector512<short> Sums16(ReadOnlySpan<byte> operands)
    {
        ref byte x = ref MemoryMarshal.GetReference(operands);
        Vector512<sbyte> w = Vector512.LoadUnsafe(ref x).AsSByte();
        Vector512<short> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (int i = 0, move = VectorBytes; i < Repetitions; i++, move = -move)
        {
            a += Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref x), w);
            b += Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref x, VectorBytes), w);
            c += Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref x, 2 * VectorBytes), w);
            d += Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref x, 3 * VectorBytes), w);
            e += Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref x, 4 * VectorBytes), w);
            f += Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref x, 5 * VectorBytes), w);
            g += Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref x, 6 * VectorBytes), w);
            h += Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref x, 7 * VectorBytes), w);
            x = ref Unsafe.Add(ref x, move);
        }
        return a + b + c + d + e + f + g + h;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Vector512<int> Sums32(ReadOnlySpan<byte> operands)
    {
        ref byte x = ref MemoryMarshal.GetReference(operands);
        Vector512<sbyte> w = Vector512.LoadUnsafe(ref x).AsSByte();
        Vector512<short> ones = Vector512<short>.One;
        Vector512<int> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (int i = 0, move = VectorBytes; i < Repetitions; i++, move = -move)
        {
            a += Avx512BW.MultiplyAddAdjacent(Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref x), w), ones);
            b += Avx512BW.MultiplyAddAdjacent(Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref x, VectorBytes), w), ones);
            c += Avx512BW.MultiplyAddAdjacent(Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref x, 2 * VectorBytes), w), ones);
            d += Avx512BW.MultiplyAddAdjacent(Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref x, 3 * VectorBytes), w), ones);
            e += Avx512BW.MultiplyAddAdjacent(Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref x, 4 * VectorBytes), w), ones);
            f += Avx512BW.MultiplyAddAdjacent(Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref x, 5 * VectorBytes), w), ones);
            g += Avx512BW.MultiplyAddAdjacent(Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref x, 6 * VectorBytes), w), ones);
            h += Avx512BW.MultiplyAddAdjacent(Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref x, 7 * VectorBytes), w), ones);
            x = ref Unsafe.Add(ref x, move);
        }
        return a + b + c + d + e + f + g + h;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Vector512<float> FloatSums512(ReadOnlySpan<byte> operands)
    {
        ref byte x = ref MemoryMarshal.GetReference(operands);
        Vector512<float> w = Vector512.LoadUnsafe(ref x).AsSingle();
        Vector512<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (int i = 0, move = VectorBytes; i < Repetitions; i++, move = -move)
        {
            a = Avx512F.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x).AsSingle(), w, a);
            b = Avx512F.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, VectorBytes).AsSingle(), w, b);
            c = Avx512F.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, 2 * VectorBytes).AsSingle(), w, c);
            d = Avx512F.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, 3 * VectorBytes).AsSingle(), w, d);
            e = Avx512F.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, 4 * VectorBytes).AsSingle(), w, e);
            f = Avx512F.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, 5 * VectorBytes).AsSingle(), w, f);
            g = Avx512F.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, 6 * VectorBytes).AsSingle(), w, g);
            h = Avx512F.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, 7 * VectorBytes).AsSingle(), w, h);
            x = ref Unsafe.Add(ref x, move);
        }
        return a + b + c + d + e + f + g + h;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Vector256<float> FloatSums256(ReadOnlySpan<byte> operands)
    {
        ref byte x = ref MemoryMarshal.GetReference(operands);
        Vector256<float> w = Vector256.LoadUnsafe(ref x).AsSingle();
        Vector256<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (int i = 0, move = VectorBytes; i < Repetitions; i++, move = -move)
        {
            a = Fma.MultiplyAdd(Vector256.LoadUnsafe(ref x).AsSingle(), w, a);
            b = Fma.MultiplyAdd(Vector256.LoadUnsafe(ref x, VectorBytes).AsSingle(), w, b);
            c = Fma.MultiplyAdd(Vector256.LoadUnsafe(ref x, 2 * VectorBytes).AsSingle(), w, c);
            d = Fma.MultiplyAdd(Vector256.LoadUnsafe(ref x, 3 * VectorBytes).AsSingle(), w, d);
            e = Fma.MultiplyAdd(Vector256.LoadUnsafe(ref x, 4 * VectorBytes).AsSingle(), w, e);
            f = Fma.MultiplyAdd(Vector256.LoadUnsafe(ref x, 5 * VectorBytes).AsSingle(), w, f);
            g = Fma.MultiplyAdd(Vector256.LoadUnsafe(ref x, 6 * VectorBytes).AsSingle(), w, g);
            h = Fma.MultiplyAdd(Vector256.LoadUnsafe(ref x, 7 * VectorBytes).AsSingle(), w, h);
            x = ref Unsafe.Add(ref x, move);
        }
        return a + b + c + d + e + f + g + h;
    }
}
