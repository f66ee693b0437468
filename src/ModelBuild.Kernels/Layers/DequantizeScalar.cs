using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>The specification of <see cref="Dequantize"/>: <c>(source - zeroPoint) * scale</c>, element by element.</summary>
internal static class DequantizeScalar
{
    /// <param name="source">Bytes.</param>
    /// <param name="destination">As many floats.</param>
    /// <param name="scale">Scale of the bytes.</param>
    /// <param name="zeroPoint">Zero point of the bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<byte> source, Span<float> destination, float scale, int zeroPoint)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = (source[i] - zeroPoint) * scale;
    }
}
