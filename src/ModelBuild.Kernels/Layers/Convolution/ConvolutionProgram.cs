using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// What a convolution's kernels execute: for every four outputs a list of entries, each of which multiplies the quads of four
/// channels at a constant distance from the pixel by 4x4 weights. Taps, strides, dilations and groups are all in the
/// distances; entries whose weights are all zero are not there.
/// </summary>
/// <remarks>
/// Code of a group of four outputs: segments {L, n, n runs of L entries}, closed by a 0. An entry is five integers: the byte
/// offset of the input quad for output pixel 0, then for each of the four outputs four s8 weights, the first in the lowest byte.
/// Within a run the products of channels 0 and 1, and those of channels 2 and 3, may be summed over all entries in 16 bits: for
/// activations 0..255 no partial sum leaves the range (see <see cref="ConvolutionProgramBuilder"/>).
/// </remarks>
internal sealed class ConvolutionProgram
{
    /// <summary>Integers of an entry.</summary>
    public const int EntryLength = 5;

    public ConvolutionProgram(int[] code, int[] starts, int[] weightSums, int lastOffset)
    {
        Code = code;
        Starts = starts;
        WeightSums = weightSums;
        Initial = new int[weightSums.Length];
        LastOffset = lastOffset;
    }

    /// <summary>The code of all groups, one behind the other.</summary>
    public int[] Code { get; }

    /// <summary>Where each group of four outputs begins in <see cref="Code"/>.</summary>
    public int[] Starts { get; }

    /// <summary>For each output, up to a multiple of four, the sum of its weights.</summary>
    public int[] WeightSums { get; }

    /// <summary>What the accumulator of each output starts with, up to a multiple of four outputs.</summary>
    public int[] Initial { get; }

    /// <summary>The greatest offset in <see cref="Code"/>.</summary>
    public int LastOffset { get; }

    /// <summary>Starts the accumulators with bias - inputZeroPoint * sum(weights), which is exact as the border holds the zero point.</summary>
    public void SetInitial(int[] bias, int inputZeroPoint)
    {
        for (int output = 0; output < bias.Length; output++) Initial[output] = bias[output] - inputZeroPoint * WeightSums[output];
    }

    /// <summary>Makes the accumulators <see cref="FloatSums"/> if a kernel variant takes these and all results stay exact.</summary>
    /// <param name="variant">The kernel's instruction set.</param>
    /// <param name="multipliers">[outputs], of the accumulators.</param>
    /// <param name="weights">Number of weights of an output, up to about 250 of which are few enough.</param>
    /// <returns>True if they are.</returns>
    public bool TryMakeFloat(KernelVariant variant, float[] multipliers, int weights)
    {
        // Without AVX-512 sinks have no branch for them: it was measured to cost loops of few entries more than it saves.
        if (!Avx512BW.IsSupported || !FloatSums.IsSupported(variant)) return false;
        for (int output = 0; output < multipliers.Length; output++)
        {
            // Positive and negative weights have a known sum, and differ by no more than 127 a weight: this bounds either. Activations are 0..255.
            long difference = (long)sbyte.MaxValue * weights;
            long least = Initial[output] - byte.MaxValue * (difference - WeightSums[output]) / 2;
            long greatest = Initial[output] + byte.MaxValue * (difference + WeightSums[output]) / 2;
            if (!FloatSums.AreExact(multipliers[output], least, greatest)) return false;
        }
        for (int i = 0; i < Initial.Length; i++) Initial[i] += FloatSums.StartBits;
        return true;
    }
}
