using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>The specification of <see cref="BinaryInt8"/>: <c>requantise(operator(left, right))</c>, byte by byte.</summary>
internal static class BinaryInt8Scalar
{
    /// <inheritdoc cref="BinaryInt8.Run"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TOperator>(
        ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> destination, TOperator binary, Requantization requantization)
        where TOperator : struct, IBinaryOperator
    {
        int mask = BinaryInt8.RepeatMask(right.Length, destination.Length);
        for (int i = 0; i < destination.Length; i++) destination[i] = requantization.ToByte(binary.Apply(left[i], right[i & mask]));
    }
}
