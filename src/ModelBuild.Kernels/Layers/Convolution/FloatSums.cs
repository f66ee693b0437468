using System;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// Accumulators that start with the bits of 1.5 * 2^23: read as a float, one is that number plus the sum, as long as the sum stays within
/// 2^22. A fused <c>accumulator * multiplier - 1.5 * 2^23 * multiplier</c> then is <c>float(sum) * multiplier</c>, rounded once, if the
/// subtrahend is exact: one instruction instead of two.
/// </summary>
internal static class FloatSums
{
    /// <summary>The number whose bits accumulators start with.</summary>
    public const float Start = 12582912f;

    /// <summary>Its bits.</summary>
    public const int StartBits = 0x4B400000;

    private const int Greatest = (1 << 22) - 1;

    // Products then lie far within 32 bits.
    private const float GreatestMultiplier = 256;

    /// <summary>True if a kernel variant has the instruction.</summary>
    public static bool IsSupported(KernelVariant variant) =>
        variant is KernelVariant.Avx512 or KernelVariant.AvxVnni or KernelVariant.Avx2 && Fma.IsSupported;

    /// <summary>True if results are exact for a multiplier and all sums from <paramref name="least"/> to <paramref name="greatest"/>.</summary>
    public static bool AreExact(float multiplier, long least, long greatest)
    {
        // 1.5 adds a bit or two to those of the multiplier.
        bool exact = (BitConverter.SingleToInt32Bits(multiplier) & 3) == 0 && (multiplier == 0 || float.IsNormal(multiplier));
        return exact && Math.Abs(multiplier) < GreatestMultiplier && least >= -Greatest && greatest <= Greatest;
    }
}
