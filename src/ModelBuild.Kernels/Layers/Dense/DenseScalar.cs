using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>The dense layer's kernel in plain C#: what the other variants must equal.</summary>
internal static class DenseScalar
{
    /// <summary>Computes the accumulators of sixteen outputs.</summary>
    /// <param name="input">Activations, four for each 64 weights.</param>
    /// <param name="weights">[quads][16][4].</param>
    /// <param name="initial">What the sixteen accumulators start with.</param>
    /// <param name="sums">Gets the sixteen accumulators.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<byte> input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> initial, Span<int> sums)
    {
        initial.CopyTo(sums);
        for (int i = 0; i < weights.Length; i++)
        {
            int quad = i / DenseWeights.QuadBytes;
            int output = i % DenseWeights.QuadBytes / 4;
            sums[output] += input[quad * 4 + i % 4] * weights[i];
        }
    }
}
