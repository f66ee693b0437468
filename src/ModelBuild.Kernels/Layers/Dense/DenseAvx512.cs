using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>The dense layer's kernel with activations and weights widened to 16 bits and 512-bit VPMADDWD, whose sums are exact.</summary>
internal static class DenseAvx512
{
    /// <inheritdoc cref="DenseScalar.Run"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<byte> input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> initial, Span<int> sums)
    {
        ref byte quad = ref MemoryMarshal.GetReference(input);
        ref sbyte block = ref MemoryMarshal.GetReference(weights);
        ref int start = ref MemoryMarshal.GetReference(initial);
        ref int end = ref MemoryMarshal.GetReference(sums);
        Vector512<int> low = default, high = default;
        for (int quads = weights.Length / DenseWeights.QuadBytes; quads > 0; quads--)
        {
            Vector512<short> activations = Avx512BW.ConvertToVector512Int16(Vector256.Create(Unsafe.ReadUnaligned<int>(ref quad)).AsByte());
            low += Avx512BW.MultiplyAddAdjacent(activations, Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref block)));
            high += Avx512BW.MultiplyAddAdjacent(activations, Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref block, 32)));
            quad = ref Unsafe.Add(ref quad, 4);
            block = ref Unsafe.Add(ref block, DenseWeights.QuadBytes);
        }
        // Each output has two neighbouring lanes.
        Vector512<uint> even = Vector512.Narrow(low.AsUInt64(), high.AsUInt64());
        Vector512<uint> odd = Vector512.Narrow(low.AsUInt64() >>> 32, high.AsUInt64() >>> 32);
        (Vector512.LoadUnsafe(ref start) + (even + odd).AsInt32()).StoreUnsafe(ref end);
    }
}
