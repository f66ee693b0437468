using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>Plain C#: the specification.</summary>
internal readonly struct BitCounterScalar : IBitCounter
{
    /// <inheritdoc/>
    public static Vector256<int> Count(ref ulong patch, ref ulong weights, int words)
    {
        Span<int> counts = stackalloc int[SignWeights.Block];
        for (int word = 0; word < words; word++)
        {
            for (int output = 0; output < SignWeights.Block; output++)
                counts[output] += BitOperations.PopCount(Unsafe.Add(ref patch, word) ^ Unsafe.Add(ref weights, word * SignWeights.Block + output));
        }
        return Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(counts));
    }
}
