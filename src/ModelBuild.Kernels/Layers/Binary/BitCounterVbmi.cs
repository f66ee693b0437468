using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// 512-bit VPERMB (AVX512_VBMI) looks up the counts of whole bytes, since these hold six bits. .NET 10 has no VPOPCNTQ, which would count all eight.
/// </summary>
internal readonly struct BitCounterVbmi : IBitCounter
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Count(ref ulong patch, ref ulong weights, int words)
    {
        Vector512<byte> table = Vector512.Create(
            0x03020201_02010100UL, 0x04030302_03020201UL, 0x04030302_03020201UL, 0x05040403_04030302UL,
            0x04030302_03020201UL, 0x05040403_04030302UL, 0x05040403_04030302UL, 0x06050504_05040403UL).AsByte();
        Vector512<long> sums = Vector512<long>.Zero;
        for (int word = 0; word < words;)
        {
            int end = Math.Min(words, word + SignWindow.MostWords);
            Vector512<byte> bytes = Vector512<byte>.Zero;
            for (; word < end; word++)
            {
                Vector512<ulong> bits = Vector512.Create(Unsafe.Add(ref patch, word));
                Vector512<ulong> unequal = Vector512.LoadUnsafe(ref weights, (nuint)(word * SignWeights.Block)) ^ bits;
                bytes += Avx512Vbmi.PermuteVar64x8(table, unequal.AsByte());
            }
            sums += Avx512BW.SumAbsoluteDifferences(bytes, Vector512<byte>.Zero).AsInt64();
        }
        return Avx512F.ConvertToVector256Int32(sums);
    }
}
