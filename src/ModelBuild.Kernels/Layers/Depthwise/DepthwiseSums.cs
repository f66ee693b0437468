using System;

namespace ModelBuild.Kernels;

/// <summary>What the accumulators of a depthwise convolution start with.</summary>
internal sealed class DepthwiseSums
{
    private readonly int _taps;

    /// <param name="weights">[channels][taps], -127..127.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="taps">Taps of the kernel.</param>
    public DepthwiseSums(sbyte[] weights, int channels, int taps)
    {
        if (weights.Length != channels * taps)
            throw new ArgumentException($"{weights.Length} weights, {channels} x {taps} expected.", nameof(weights));
        if (Array.IndexOf(weights, sbyte.MinValue) >= 0) throw new ArgumentException("Weights lie in -127..127.", nameof(weights));
        _taps = taps;
        Weights = new int[(channels + 3) / 4 * 4];
        Initial = new int[Weights.Length];
        for (int i = 0; i < weights.Length; i++) Weights[i / taps] += weights[i];
    }

    /// <summary>For each channel, up to a multiple of four, the sum of its weights.</summary>
    public int[] Weights { get; }

    /// <summary>What the accumulator of each channel starts with, up to a multiple of four, less what a program's runs start with.</summary>
    public int[] Initial { get; }

    /// <summary>Adds bias - inputZeroPoint * sum(weights), which is exact as the border holds the zero point.</summary>
    public void AddBias(int[] bias, int inputZeroPoint)
    {
        for (int channel = 0; channel < bias.Length; channel++) Initial[channel] += bias[channel] - inputZeroPoint * Weights[channel];
    }

    /// <summary>Makes the accumulators <see cref="FloatSums"/> if a variant takes these and all results stay exact.</summary>
    /// <param name="variant">The kernel's instruction set.</param>
    /// <param name="multipliers">[channels], of the sums.</param>
    /// <returns>True if they are.</returns>
    public bool TryMakeFloat(KernelVariant variant, float[] multipliers)
    {
        if (!FloatSums.IsSupported(variant)) return false;
        // Of the weights, and as much of what runs start with.
        long reach = 2L * _taps * sbyte.MaxValue * byte.MaxValue;
        for (int channel = 0; channel < multipliers.Length; channel++)
        {
            if (!FloatSums.AreExact(multipliers[channel], Initial[channel] - reach, Initial[channel] + reach)) return false;
        }
        for (int i = 0; i < Initial.Length; i++) Initial[i] += FloatSums.StartBits;
        return true;
    }
}
