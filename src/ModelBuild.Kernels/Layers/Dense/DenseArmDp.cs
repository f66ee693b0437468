using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace ModelBuild.Kernels;

/// <summary>
/// The dense layer's kernel with ARM's SDOT. It multiplies signed by signed bytes, so activations come less 128, and the sums get 128
/// times the sum of the weights. Every other quad has sums of its own, to hide the instruction's latency.
/// </summary>
internal static class DenseArmDp
{
    /// <inheritdoc cref="DenseScalar.Run"/>
    /// <param name="weightSums">For each of the outputs the sum of its weights.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        ReadOnlySpan<byte> input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> initial, ReadOnlySpan<int> weightSums, Span<int> sums)
    {
        ref byte quad = ref MemoryMarshal.GetReference(input);
        ref sbyte block = ref MemoryMarshal.GetReference(weights);
        Vector128<int> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        int quads = weights.Length / DenseWeights.QuadBytes;
        for (; quads >= 2; quads -= 2)
        {
            Vector128<sbyte> first = Signed(ref quad), second = Signed(ref Unsafe.Add(ref quad, 4));
            a0 = Dp.DotProduct(a0, Vector128.LoadUnsafe(ref block), first);
            a1 = Dp.DotProduct(a1, Vector128.LoadUnsafe(ref block, 16), first);
            a2 = Dp.DotProduct(a2, Vector128.LoadUnsafe(ref block, 32), first);
            a3 = Dp.DotProduct(a3, Vector128.LoadUnsafe(ref block, 48), first);
            b0 = Dp.DotProduct(b0, Vector128.LoadUnsafe(ref block, 64), second);
            b1 = Dp.DotProduct(b1, Vector128.LoadUnsafe(ref block, 80), second);
            b2 = Dp.DotProduct(b2, Vector128.LoadUnsafe(ref block, 96), second);
            b3 = Dp.DotProduct(b3, Vector128.LoadUnsafe(ref block, 112), second);
            quad = ref Unsafe.Add(ref quad, 8);
            block = ref Unsafe.Add(ref block, 2 * DenseWeights.QuadBytes);
        }
        if (quads > 0)
        {
            Vector128<sbyte> last = Signed(ref quad);
            a0 = Dp.DotProduct(a0, Vector128.LoadUnsafe(ref block), last);
            a1 = Dp.DotProduct(a1, Vector128.LoadUnsafe(ref block, 16), last);
            a2 = Dp.DotProduct(a2, Vector128.LoadUnsafe(ref block, 32), last);
            a3 = Dp.DotProduct(a3, Vector128.LoadUnsafe(ref block, 48), last);
        }
        ref int start = ref MemoryMarshal.GetReference(initial);
        ref int weightSum = ref MemoryMarshal.GetReference(weightSums);
        ref int end = ref MemoryMarshal.GetReference(sums);
        (a0 + b0 + Vector128.LoadUnsafe(ref start) + (Vector128.LoadUnsafe(ref weightSum) << 7)).StoreUnsafe(ref end);
        (a1 + b1 + Vector128.LoadUnsafe(ref start, 4) + (Vector128.LoadUnsafe(ref weightSum, 4) << 7)).StoreUnsafe(ref end, 4);
        (a2 + b2 + Vector128.LoadUnsafe(ref start, 8) + (Vector128.LoadUnsafe(ref weightSum, 8) << 7)).StoreUnsafe(ref end, 8);
        (a3 + b3 + Vector128.LoadUnsafe(ref start, 12) + (Vector128.LoadUnsafe(ref weightSum, 12) << 7)).StoreUnsafe(ref end, 12);
    }

    /// <summary>A quad of activations less 128, four times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<sbyte> Signed(ref byte quad) =>
        (Vector128.Create(Unsafe.ReadUnaligned<int>(ref quad)).AsByte() ^ Vector128.Create((byte)0x80)).AsSByte();
}
