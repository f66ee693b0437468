using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>The dense layer's kernel in portable 128-bit vectors. Products fit 16 bits one by one; their sums are made in 32.</summary>
internal static class DenseVector128
{
    /// <inheritdoc cref="DenseScalar.Run"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<byte> input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> initial, Span<int> sums)
    {
        ref byte quad = ref MemoryMarshal.GetReference(input);
        ref sbyte block = ref MemoryMarshal.GetReference(weights);
        ref int start = ref MemoryMarshal.GetReference(initial);
        ref int end = ref MemoryMarshal.GetReference(sums);
        Vector128<int> sums0 = Vector128.LoadUnsafe(ref start), sums1 = Vector128.LoadUnsafe(ref start, 4);
        Vector128<int> sums2 = Vector128.LoadUnsafe(ref start, 8), sums3 = Vector128.LoadUnsafe(ref start, 12);
        for (int quads = weights.Length / DenseWeights.QuadBytes; quads > 0; quads--)
        {
            Vector128<ushort> activations = Vector128.Create(Unsafe.ReadUnaligned<int>(ref quad)).AsUInt16();
            Vector128<short> even = (activations & Vector128.Create((ushort)0xFF)).AsInt16();
            Vector128<short> odd = (activations >> 8).AsInt16();
            sums0 += Products(even, odd, Vector128.LoadUnsafe(ref block));
            sums1 += Products(even, odd, Vector128.LoadUnsafe(ref block, 16));
            sums2 += Products(even, odd, Vector128.LoadUnsafe(ref block, 32));
            sums3 += Products(even, odd, Vector128.LoadUnsafe(ref block, 48));
            quad = ref Unsafe.Add(ref quad, 4);
            block = ref Unsafe.Add(ref block, DenseWeights.QuadBytes);
        }
        sums0.StoreUnsafe(ref end);
        sums1.StoreUnsafe(ref end, 4);
        sums2.StoreUnsafe(ref end, 8);
        sums3.StoreUnsafe(ref end, 12);
    }

    /// <summary>The sum of four products for each of four outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Products(Vector128<short> even, Vector128<short> odd, Vector128<sbyte> weights)
    {
        Vector128<int> evenProducts = (even * (weights.AsInt16() << 8 >> 8)).AsInt32();
        Vector128<int> oddProducts = (odd * (weights.AsInt16() >> 8)).AsInt32();
        return (evenProducts << 16 >> 16) + (evenProducts >> 16) + ((oddProducts << 16 >> 16) + (oddProducts >> 16));
    }
}
