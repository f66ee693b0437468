using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>The dense layer's kernel with activations and weights widened to 16 bits and 256-bit VPMADDWD, whose sums are exact.</summary>
internal static class DenseAvx2
{
    /// <inheritdoc cref="DenseScalar.Run"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<byte> input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> initial, Span<int> sums)
    {
        ref byte quad = ref MemoryMarshal.GetReference(input);
        ref sbyte block = ref MemoryMarshal.GetReference(weights);
        ref int start = ref MemoryMarshal.GetReference(initial);
        ref int end = ref MemoryMarshal.GetReference(sums);
        Vector256<int> sums0 = default, sums1 = default, sums2 = default, sums3 = default;
        for (int quads = weights.Length / DenseWeights.QuadBytes; quads > 0; quads--)
        {
            Vector256<short> activations = Avx2.ConvertToVector256Int16(Vector128.Create(Unsafe.ReadUnaligned<int>(ref quad)).AsByte());
            sums0 += Avx2.MultiplyAddAdjacent(activations, Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref block)));
            sums1 += Avx2.MultiplyAddAdjacent(activations, Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref block, 16)));
            sums2 += Avx2.MultiplyAddAdjacent(activations, Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref block, 32)));
            sums3 += Avx2.MultiplyAddAdjacent(activations, Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref block, 48)));
            quad = ref Unsafe.Add(ref quad, 4);
            block = ref Unsafe.Add(ref block, DenseWeights.QuadBytes);
        }
        (Vector256.LoadUnsafe(ref start) + NeighbourSums(sums0, sums1)).StoreUnsafe(ref end);
        (Vector256.LoadUnsafe(ref start, 8) + NeighbourSums(sums2, sums3)).StoreUnsafe(ref end, 8);
    }

    /// <summary>Each output has two neighbouring lanes.</summary>
    private static Vector256<int> NeighbourSums(Vector256<int> low, Vector256<int> high)
    {
        Vector256<uint> even = Vector256.Narrow(low.AsUInt64(), high.AsUInt64());
        Vector256<uint> odd = Vector256.Narrow(low.AsUInt64() >>> 32, high.AsUInt64() >>> 32);
        return (even + odd).AsInt32();
    }
}
