using System;

namespace ModelBuild.Kernels;

/// <summary>
/// What a depthwise convolution's kernels execute: for every four channels its taps, in runs whose products may be summed in 16
/// bits, and in pairs within a run, as VPMADDUBSW multiplies two bytes a lane. Taps whose four weights are zero are not there.
/// </summary>
/// <remarks>
/// Code of a quad: for every two runs {pairs of the first, pairs of the second (0 when there is none)}, then their pairs; closed by a 0. A pair
/// is four integers: the byte offsets of its two taps' quads for output pixel 0, then eight s8 weights: channel 0 of the first tap, channel
/// 0 of the second, channel 1 of the first, ... A run's last pair may have its tap twice, the second time with zero weights.
/// A run is safe as in <see cref="ConvolutionRuns"/>: the positive weights of each channel sum to at most 128, the negative to
/// at least -128, so partial sums stay within 255 * 128.
/// </remarks>
internal sealed class DepthwiseProgram
{
    /// <summary>Integers of a pair.</summary>
    public const int PairLength = 4;

    private const int Limit = 128;

    /// <param name="input">The input, or its phases.</param>
    /// <param name="window">Where the taps fall.</param>
    /// <param name="weights">[channels][taps], -127..127.</param>
    /// <param name="channels">Channels of the unsplit input, and of the output.</param>
    public DepthwiseProgram(ImageBuffer input, ConvolutionWindow window, sbyte[] weights, int channels)
    {
        int taps = window.Taps;
        if (weights.Length != channels * taps) throw new ArgumentException($"{weights.Length} weights, {channels} x {taps} expected.", nameof(weights));
        if (Array.IndexOf(weights, sbyte.MinValue) >= 0) throw new ArgumentException("Weights lie in -127..127.", nameof(weights));
        int quads = window.CheckedQuads(input, channels);
        Starts = new int[quads];
        WeightSums = new int[quads * 4];
        Initial = new int[quads * 4];
        int[] code = new int[quads * (taps * (PairLength + 2) + 1)];
        int length = 0;
        for (int quad = 0; quad < quads; quad++)
        {
            Starts[quad] = length;
            sbyte[] quadWeights = new sbyte[taps * 4];
            for (int i = 0; i < quadWeights.Length; i++)
            {
                int channel = quad * 4 + i % 4;
                if (channel < channels) quadWeights[i] = weights[channel * taps + i / 4];
                WeightSums[quad * 4 + i % 4] += quadWeights[i];
            }
            int[] offsets = new int[taps];
            for (int tap = 0; tap < taps; tap++)
            {
                offsets[tap] = window.TapOffset(input, tap, quads) + quad * input.Size * 4;
                LastOffset = Math.Max(LastOffset, offsets[tap]);
            }
            length += WriteQuad(code.AsSpan(length), offsets, quadWeights);
        }
        Array.Resize(ref code, length);
        Code = code;
    }

    /// <summary>The code of all quads, one behind the other.</summary>
    public int[] Code { get; }

    /// <summary>Where each quad begins in <see cref="Code"/>.</summary>
    public int[] Starts { get; }

    /// <summary>For each channel, up to a multiple of four, the sum of its weights.</summary>
    public int[] WeightSums { get; }

    /// <summary>What the accumulator of each channel starts with, up to a multiple of four.</summary>
    public int[] Initial { get; }

    /// <summary>The greatest offset in <see cref="Code"/>.</summary>
    public int LastOffset { get; }

    /// <summary>Starts the accumulators with bias - inputZeroPoint * sum(weights), which is exact as the border holds the zero point.</summary>
    public void SetInitial(int[] bias, int inputZeroPoint)
    {
        for (int channel = 0; channel < bias.Length; channel++) Initial[channel] = bias[channel] - inputZeroPoint * WeightSums[channel];
    }

    private static int WriteQuad(Span<int> code, int[] offsets, sbyte[] weights)
    {
        int[] runOf = FindRuns(weights, out int runs);
        int length = 0;
        for (int run = 0; run < runs; run += 2)
        {
            int header = length;
            length += 2;
            int first = WriteRun(code.Slice(length), run, runOf, offsets, weights);
            length += first * PairLength;
            int second = WriteRun(code.Slice(length), run + 1, runOf, offsets, weights);
            length += second * PairLength;
            code[header] = first;
            code[header + 1] = second;
        }
        code[length++] = 0;
        return length;
    }

    /// <summary>Puts each tap into the first run that has room for it; -1 for taps without weights.</summary>
    private static int[] FindRuns(sbyte[] weights, out int runs)
    {
        int taps = weights.Length / 4;
        int[] runOf = new int[taps];
        int[] positive = new int[weights.Length];
        int[] negative = new int[weights.Length];
        runs = 0;
        for (int tap = 0; tap < taps; tap++)
        {
            ReadOnlySpan<sbyte> quad = weights.AsSpan(tap * 4, 4);
            if (quad.IndexOfAnyExcept((sbyte)0) < 0)
            {
                runOf[tap] = -1;
                continue;
            }
            int run = 0;
            while (!Fits(quad, positive.AsSpan(run * 4), negative.AsSpan(run * 4))) run++;
            for (int channel = 0; channel < 4; channel++)
            {
                positive[run * 4 + channel] += Math.Max((int)quad[channel], 0);
                negative[run * 4 + channel] += Math.Max(-quad[channel], 0);
            }
            runOf[tap] = run;
            runs = Math.Max(runs, run + 1);
        }
        return runOf;
    }

    private static bool Fits(ReadOnlySpan<sbyte> quad, ReadOnlySpan<int> positive, ReadOnlySpan<int> negative)
    {
        for (int channel = 0; channel < 4; channel++)
        {
            if (positive[channel] + quad[channel] > Limit || negative[channel] - quad[channel] > Limit) return false;
        }
        return true;
    }

    /// <returns>Pairs written.</returns>
    private static int WriteRun(Span<int> code, int run, int[] runOf, int[] offsets, sbyte[] weights)
    {
        int pairs = 0;
        int tap = Array.IndexOf(runOf, run);
        while (tap >= 0)
        {
            int second = Array.IndexOf(runOf, run, tap + 1);
            Span<int> pair = code.Slice(pairs++ * PairLength, PairLength);
            pair[0] = offsets[tap];
            pair[1] = offsets[second < 0 ? tap : second];
            for (int channel = 0; channel < 4; channel++)
            {
                int first8 = (byte)weights[tap * 4 + channel];
                int second8 = second < 0 ? 0 : (byte)weights[second * 4 + channel];
                pair[2 + channel / 2] |= (first8 | second8 << 8) << (channel % 2 * 16);
            }
            tap = second < 0 ? -1 : Array.IndexOf(runOf, run, second + 1);
        }
        return pairs;
    }
}
