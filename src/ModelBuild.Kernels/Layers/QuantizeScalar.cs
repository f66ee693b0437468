using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>The specification of <see cref="Quantize"/>: <c>requantise(source * inverseScale)</c>, element by element.</summary>
internal static class QuantizeScalar
{
    /// <param name="source">Real numbers.</param>
    /// <param name="destination">As many bytes.</param>
    /// <param name="inverseScale">1 / scale, rounded to float.</param>
    /// <param name="requantization">The last step.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<float> source, Span<byte> destination, float inverseScale, Requantization requantization)
    {
        for (int i = 0; i < source.Length; i++) destination[i] = requantization.ToByte(source[i] * inverseScale);
    }
}
