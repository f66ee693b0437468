using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>Element-wise functions of two quantised arrays: <c>requantise(operator(left, right))</c>, byte by byte.</summary>
internal static class BinaryInt8
{
    /// <summary>Length of a right input that is repeated.</summary>
    public const int Period = 16;

    /// <param name="variant">An instruction set of this CPU.</param>
    /// <param name="left">First input.</param>
    /// <param name="right">Second input; of <see cref="Period"/> bytes it is repeated.</param>
    /// <param name="destination">Result; may be the same memory as an input.</param>
    /// <param name="binary">The function.</param>
    /// <param name="requantization">The last step.</param>
    public static void Run<TOperator>(
        KernelVariant variant, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> destination,
        TOperator binary, Requantization requantization)
        where TOperator : struct, IBinaryOperator
    {
        int mask = right.Length == Period ? Period - 1 : -1;
        left = left.Slice(0, destination.Length);
        if (mask < 0) right = right.Slice(0, destination.Length);
        int done = variant switch
        {
            KernelVariant.Avx512 => Run<Vector512<float>, FloatLanes512, TOperator>(left, right, destination, binary, requantization, mask, 0),
            KernelVariant.Avx2 or KernelVariant.AvxVnni => Run<Vector256<float>, FloatLanes256, TOperator>(left, right, destination, binary, requantization, mask, 0),
            KernelVariant.Vector128 => Run<Vector128<float>, FloatLanes128, TOperator>(left, right, destination, binary, requantization, mask, 0),
            _ => 0,
        };
        if (done < destination.Length) Run<float, FloatLanes1, TOperator>(left, right, destination, binary, requantization, mask, done);
    }

    /// <summary>Goes on from element <paramref name="i"/> while a whole vector is left.</summary>
    /// <returns>The first element not computed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Run<TVector, TLanes, TOperator>(
        ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> destination,
        TOperator binary, Requantization requantization, int mask, int i)
        where TVector : struct where TLanes : IFloatLanes<TVector> where TOperator : struct, IBinaryOperator
    {
        ref byte first = ref MemoryMarshal.GetReference(left);
        ref byte second = ref MemoryMarshal.GetReference(right);
        ref byte result = ref MemoryMarshal.GetReference(destination);
        for (; i <= destination.Length - TLanes.Count; i += TLanes.Count)
        {
            TVector value = binary.Apply<TVector, TLanes>(
                TLanes.LoadBytes(ref first, (nuint)i), TLanes.LoadBytes(ref second, (nuint)(i & mask)));
            TLanes.StoreBytes(value, requantization, ref result, (nuint)i);
        }
        return i;
    }
}
