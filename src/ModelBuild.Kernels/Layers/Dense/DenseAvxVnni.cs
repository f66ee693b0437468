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

    /// <summary>Computes the accumulators of sixteen outputs for four samples, which have their own sums.</summary>
    /// <param name="inputs">Activations, four for each 64 weights.</param>
    /// <param name="weights">[quads][16][4].</param>
    /// <param name="initial">What the sixteen accumulators start with.</param>
    /// <param name="sums">Gets sixteen accumulators a sample.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in DenseInputs inputs, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> initial, Span<int> sums)
    {
        ref byte a = ref MemoryMarshal.GetReference(inputs.First);
        ref byte b = ref MemoryMarshal.GetReference(inputs.Second);
        ref byte c = ref MemoryMarshal.GetReference(inputs.Third);
        ref byte d = ref MemoryMarshal.GetReference(inputs.Fourth);
        ref sbyte block = ref MemoryMarshal.GetReference(weights);
        ref int start = ref MemoryMarshal.GetReference(initial);
        ref int end = ref MemoryMarshal.GetReference(sums);
        Vector256<int> aLow = Vector256.LoadUnsafe(ref start), aHigh = Vector256.LoadUnsafe(ref start, 8);
        Vector256<int> bLow = aLow, bHigh = aHigh, cLow = aLow, cHigh = aHigh, dLow = aLow, dHigh = aHigh;
        int bytes = weights.Length / DenseWeights.BlockOutputs;
        for (int i = 0; i < bytes; i += 4)
        {
            Vector256<sbyte> low = Vector256.LoadUnsafe(ref block), high = Vector256.LoadUnsafe(ref block, 32);
            Vector256<byte> activations = Quad(ref Unsafe.Add(ref a, i));
            aLow = AvxVnni.MultiplyWideningAndAdd(aLow, activations, low);
            aHigh = AvxVnni.MultiplyWideningAndAdd(aHigh, activations, high);
            activations = Quad(ref Unsafe.Add(ref b, i));
            bLow = AvxVnni.MultiplyWideningAndAdd(bLow, activations, low);
            bHigh = AvxVnni.MultiplyWideningAndAdd(bHigh, activations, high);
            activations = Quad(ref Unsafe.Add(ref c, i));
            cLow = AvxVnni.MultiplyWideningAndAdd(cLow, activations, low);
            cHigh = AvxVnni.MultiplyWideningAndAdd(cHigh, activations, high);
            activations = Quad(ref Unsafe.Add(ref d, i));
            dLow = AvxVnni.MultiplyWideningAndAdd(dLow, activations, low);
            dHigh = AvxVnni.MultiplyWideningAndAdd(dHigh, activations, high);
            block = ref Unsafe.Add(ref block, DenseWeights.QuadBytes);
        }
        aLow.StoreUnsafe(ref end);
        aHigh.StoreUnsafe(ref end, 8);
        bLow.StoreUnsafe(ref end, 16);
        bHigh.StoreUnsafe(ref end, 24);
        cLow.StoreUnsafe(ref end, 32);
        cHigh.StoreUnsafe(ref end, 40);
        dLow.StoreUnsafe(ref end, 48);
        dHigh.StoreUnsafe(ref end, 56);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Quad(ref byte quad) => Vector256.Create(Unsafe.ReadUnaligned<int>(ref quad)).AsByte();
}
