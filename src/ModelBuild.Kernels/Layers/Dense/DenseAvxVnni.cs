using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>The dense layer's kernel with 256-bit VPDPBUSD. Four quads at a time have their own sums, to hide the instruction's latency.</summary>
internal static class DenseAvxVnni
{
    /// <inheritdoc cref="DenseScalar.Run"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<byte> input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> initial, Span<int> sums)
    {
        ref byte quad = ref MemoryMarshal.GetReference(input);
        ref sbyte block = ref MemoryMarshal.GetReference(weights);
        ref int start = ref MemoryMarshal.GetReference(initial);
        ref int end = ref MemoryMarshal.GetReference(sums);
        Vector256<int> low0 = Vector256.LoadUnsafe(ref start), high0 = Vector256.LoadUnsafe(ref start, 8);
        Vector256<int> low1 = default, high1 = default, low2 = default, high2 = default, low3 = default, high3 = default;
        int quads = weights.Length / DenseWeights.QuadBytes;
        for (; quads >= 4; quads -= 4)
        {
            Vector256<byte> activations = Quad(ref quad);
            low0 = AvxVnni.MultiplyWideningAndAdd(low0, activations, Vector256.LoadUnsafe(ref block));
            high0 = AvxVnni.MultiplyWideningAndAdd(high0, activations, Vector256.LoadUnsafe(ref block, 32));
            activations = Quad(ref Unsafe.Add(ref quad, 4));
            low1 = AvxVnni.MultiplyWideningAndAdd(low1, activations, Vector256.LoadUnsafe(ref block, 64));
            high1 = AvxVnni.MultiplyWideningAndAdd(high1, activations, Vector256.LoadUnsafe(ref block, 96));
            activations = Quad(ref Unsafe.Add(ref quad, 8));
            low2 = AvxVnni.MultiplyWideningAndAdd(low2, activations, Vector256.LoadUnsafe(ref block, 128));
            high2 = AvxVnni.MultiplyWideningAndAdd(high2, activations, Vector256.LoadUnsafe(ref block, 160));
            activations = Quad(ref Unsafe.Add(ref quad, 12));
            low3 = AvxVnni.MultiplyWideningAndAdd(low3, activations, Vector256.LoadUnsafe(ref block, 192));
            high3 = AvxVnni.MultiplyWideningAndAdd(high3, activations, Vector256.LoadUnsafe(ref block, 224));
            quad = ref Unsafe.Add(ref quad, 16);
            block = ref Unsafe.Add(ref block, 4 * DenseWeights.QuadBytes);
        }
        for (; quads > 0; quads--)
        {
            Vector256<byte> activations = Quad(ref quad);
            low0 = AvxVnni.MultiplyWideningAndAdd(low0, activations, Vector256.LoadUnsafe(ref block));
            high0 = AvxVnni.MultiplyWideningAndAdd(high0, activations, Vector256.LoadUnsafe(ref block, 32));
            quad = ref Unsafe.Add(ref quad, 4);
            block = ref Unsafe.Add(ref block, DenseWeights.QuadBytes);
        }
        (low0 + low1 + (low2 + low3)).StoreUnsafe(ref end);
        (high0 + high1 + (high2 + high3)).StoreUnsafe(ref end, 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Quad(ref byte quad) => Vector256.Create(Unsafe.ReadUnaligned<int>(ref quad)).AsByte();
}
