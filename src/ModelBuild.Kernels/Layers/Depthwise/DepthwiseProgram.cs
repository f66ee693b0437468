using System;

namespace ModelBuild.Kernels;

/// <summary>
/// What a depthwise convolution's kernels execute: for every four channels its taps, in runs whose products may be summed in 16
/// bits, and in pairs within a run, as VPMADDUBSW multiplies two bytes a lane. Taps whose four weights are zero are not there.
/// </summary>
/// <remarks>
/// Code of a quad: for every two runs {number of pairs, 2 to <see cref="MostPairs"/>; s16 numbers for four channels that the first run
/// starts with, then those of the second}, then the pairs, in turn one of the first run and one of the second; closed by a 0. A pair is four
/// integers: the byte offsets of its two taps' quads for output pixel 0, then eight s8 weights: channel 0 of the first tap, channel 0 of the
/// second, channel 1 of the first, ... Where a run has no more taps, weights are zero. <see cref="DepthwiseRuns"/> says why sums fit 16 bits.
/// </remarks>
internal sealed class DepthwiseProgram
{
    /// <summary>Integers of a pair.</summary>
    public const int PairLength = 4;

    /// <summary>Integers before the pairs of two runs.</summary>
    public const int HeaderLength = 5;

    /// <summary>Pairs of two runs.</summary>
    public const int MostPairs = 5;

    /// <param name="input">The input, or its phases.</param>
    /// <param name="window">Where the taps fall.</param>
    /// <param name="weights">[channels][taps], -127..127.</param>
    /// <param name="initial">What the accumulator of each channel starts with; what runs start with is taken off.</param>
    /// <param name="channels">Channels of the unsplit input, and of the output.</param>
    public DepthwiseProgram(ImageBuffer input, ConvolutionWindow window, sbyte[] weights, int[] initial, int channels)
    {
        int taps = window.Taps;
        Initial = initial;
        int quads = window.CheckedQuads(input, channels);
        Starts = new int[quads];
        int[] offsets = new int[taps];
        for (int tap = 0; tap < taps; tap++)
        {
            offsets[tap] = window.TapOffset(input, tap, quads);
            LastOffset = Math.Max(LastOffset, offsets[tap] + (quads - 1) * input.Size * 4);
        }
        DepthwiseRuns runs = new(taps);
        int[] code = new int[quads * DepthwiseRuns.MostCode(taps)];
        int length = 0;
        for (int quad = 0; quad < quads; quad++)
        {
            Starts[quad] = length;
            ReadOnlySpan<sbyte> quadWeights = weights.AsSpan(quad * 4 * taps, Math.Min(4, channels - quad * 4) * taps);
            length += runs.Write(code.AsSpan(length), offsets, quadWeights, Initial.AsSpan(quad * 4, 4));
            for (int tap = 0; tap < taps; tap++) offsets[tap] += input.Size * 4;
        }
        Array.Resize(ref code, length);
        Code = code;
    }

    /// <summary>The code of all quads, one behind the other.</summary>
    public int[] Code { get; }

    /// <summary>Where each quad begins in <see cref="Code"/>.</summary>
    public int[] Starts { get; }

    /// <summary>What the accumulator of each channel starts with, up to a multiple of four, less what its runs start with.</summary>
    public int[] Initial { get; }

    /// <summary>The greatest offset in <see cref="Code"/>.</summary>
    public int LastOffset { get; }
}
