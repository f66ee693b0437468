using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>The specification of <see cref="LookupInt8"/>: <c>table[source]</c>, byte by byte.</summary>
internal static class LookupInt8Scalar
{
    /// <param name="source">Indices.</param>
    /// <param name="destination">As many results; may be the same memory.</param>
    /// <param name="table">256 results.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<byte> source, Span<byte> destination, ReadOnlySpan<byte> table)
    {
        table = table.Slice(0, 256);
        for (int i = 0; i < destination.Length; i++) destination[i] = table[source[i]];
    }
}
