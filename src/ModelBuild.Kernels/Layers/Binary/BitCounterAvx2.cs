using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>256-bit VPSHUFB looks up the counts of half bytes (Muła, Kurz and Lemire 2018, https://arxiv.org/abs/1611.07612).</summary>
internal readonly struct BitCounterAvx2 : IBitCounter
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Count(ref ulong patch, ref ulong weights, int words)
    {
        Vector256<long> low = Vector256<long>.Zero, high = Vector256<long>.Zero;
        for (int word = 0; word < words;)
        {
            int end = Math.Min(words, word + SignWindow.MostWords);
            Vector256<byte> lowBytes = Vector256<byte>.Zero, highBytes = Vector256<byte>.Zero;
            for (; word < end; word++)
            {
                Vector256<ulong> bits = Vector256.Create(Unsafe.Add(ref patch, word));
                lowBytes += Ones((Vector256.LoadUnsafe(ref weights, (nuint)(word * SignWeights.Block)) ^ bits).AsByte());
                highBytes += Ones((Vector256.LoadUnsafe(ref weights, (nuint)(word * SignWeights.Block + SignWeights.Block / 2)) ^ bits).AsByte());
            }
            low += Avx2.SumAbsoluteDifferences(lowBytes, Vector256<byte>.Zero).AsInt64();
            high += Avx2.SumAbsoluteDifferences(highBytes, Vector256<byte>.Zero).AsInt64();
        }
        return Vector256.Narrow(low, high);
    }

    private static Vector256<byte> Ones(Vector256<byte> bytes)
    {
        Vector256<byte> table = Vector256.Create(0x03020201_02010100, 0x04030302_03020201, 0x03020201_02010100, 0x04030302_03020201).AsByte();
        Vector256<byte> half = Vector256.Create((byte)0x0F);
        return Avx2.Shuffle(table, bytes & half) + Avx2.Shuffle(table, (bytes.AsUInt16() >> 4).AsByte() & half);
    }
}
