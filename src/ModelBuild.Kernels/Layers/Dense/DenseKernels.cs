using System;

namespace ModelBuild.Kernels;

/// <summary>Runs a dense layer's kernel of the chosen variant.</summary>
internal static class DenseKernels
{
    /// <summary>Samples that are computed together.</summary>
    public const int Samples = 4;

    /// <summary>What a layer costs, in multiply-adds of a convolution, of which two take as long as one here, where weights come from memory.</summary>
    /// <param name="weights">Weights of the layer.</param>
    public static long Work(int weights) => 2L * weights;

    /// <param name="variant">An instruction set of this CPU.</param>
    /// <param name="input">Quads * 4 activations; those beyond the layer's inputs may have any value.</param>
    /// <param name="weights">The layer's weights.</param>
    /// <param name="block">Which sixteen outputs to compute.</param>
    /// <param name="sums">Gets the sixteen accumulators.</param>
    public static void Run(KernelVariant variant, ReadOnlySpan<byte> input, DenseWeights weights, int block, Span<int> sums)
    {
        if (input.Length < weights.Quads * 4 || sums.Length < DenseWeights.BlockOutputs) throw new ArgumentException("The buffers are too small.");
        ReadOnlySpan<int> initial = weights.InitialOf(block);
        ReadOnlySpan<sbyte> packed = weights.PackedOf(block);
        switch (variant)
        {
            case KernelVariant.Avx512: DenseAvx512.Run(input, packed, initial, sums); break;
            case KernelVariant.AvxVnni: DenseAvxVnni.Run(input, packed, initial, sums); break;
            case KernelVariant.ArmDp: DenseArmDp.Run(input, packed, initial, weights.SumsOf(block), sums); break;
            case KernelVariant.Avx2: DenseAvx2.Run(input, packed, initial, sums); break;
            case KernelVariant.Vector128: DenseVector128.Run(input, packed, initial, sums); break;
            default: DenseScalar.Run(input, packed, initial, sums); break;
        }
    }
    /// <summary>The same for four samples: one after the other while the block's weights are in the cache, where there is no kernel for them.</summary>
    /// <param name="variant">An instruction set of this CPU.</param>
    /// <param name="inputs">Quads * 4 activations each.</param>
    /// <param name="weights">The layer's weights.</param>
    /// <param name="block">Which sixteen outputs to compute.</param>
    /// <param name="sums">Gets sixteen accumulators a sample.</param>
    public static void Run(KernelVariant variant, in DenseInputs inputs, DenseWeights weights, int block, Span<int> sums)
    {
        if (variant == KernelVariant.AvxVnni)
        {
            int bytes = weights.Quads * 4;
            DenseInputs cut = new(inputs.First.Slice(0, bytes), inputs.Second.Slice(0, bytes), inputs.Third.Slice(0, bytes), inputs.Fourth.Slice(0, bytes));
            DenseAvxVnni.Run(cut, weights.PackedOf(block), weights.InitialOf(block), sums.Slice(0, Samples * DenseWeights.BlockOutputs));
            return;
        }
        Run(variant, inputs.First, weights, block, sums);
        Run(variant, inputs.Second, weights, block, sums.Slice(DenseWeights.BlockOutputs));
        Run(variant, inputs.Third, weights, block, sums.Slice(2 * DenseWeights.BlockOutputs));
        Run(variant, inputs.Fourth, weights, block, sums.Slice(3 * DenseWeights.BlockOutputs));
    }
}
