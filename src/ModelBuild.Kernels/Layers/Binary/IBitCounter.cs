using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>Counts bits in which a patch differs from the weights of a block of outputs.</summary>
internal interface IBitCounter
{
    /// <summary>The counts of <see cref="SignWeights.Block"/> outputs.</summary>
    /// <param name="patch">The first of the words.</param>
    /// <param name="weights">[word][output], the first of them.</param>
    /// <param name="words">Number of words.</param>
    static abstract Vector256<int> Count(ref ulong patch, ref ulong weights, int words);
}
