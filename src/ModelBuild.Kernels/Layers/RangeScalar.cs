using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>The specification of the range of <see cref="QuantizeRange"/>.</summary>
internal static class RangeScalar
{
    /// <summary>The least and the greatest finite value of <paramref name="source"/> and zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float Minimum, float Maximum) Run(ReadOnlySpan<float> source)
    {
        float minimum = 0;
        float maximum = 0;
        foreach (float value in source)
        {
            if (!float.IsFinite(value)) continue;
            minimum = value < minimum ? value : minimum;
            maximum = value > maximum ? value : maximum;
        }
        return (minimum, maximum);
    }
}
