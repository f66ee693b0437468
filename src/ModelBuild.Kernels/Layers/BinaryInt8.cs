using System;

namespace ModelBuild.Kernels;

/// <summary>Element-wise functions of two quantised arrays.</summary>
internal static class BinaryInt8
{
    /// <summary>Length of a right input that is repeated.</summary>
    public const int Period = 16;

    /// <param name="left">First input.</param>
    /// <param name="right">Second input; of <see cref="Period"/> bytes it is repeated.</param>
    /// <param name="destination">Result; may be the same memory as an input.</param>
    /// <param name="binary">The function.</param>
    /// <param name="requantization">The last step.</param>
    public static void Run<TOperator>(
        ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> destination, TOperator binary, Requantization requantization)
        where TOperator : struct, IBinaryOperator
    {
        BinaryInt8Scalar.Run(left, right, destination, binary, requantization);
    }

    /// <summary>What index i is to be masked with to index the right input.</summary>
    public static int RepeatMask(int right, int destination) => right == Period && destination > Period ? Period - 1 : -1;
}
