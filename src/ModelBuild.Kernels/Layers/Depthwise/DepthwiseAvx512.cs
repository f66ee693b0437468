using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>The depthwise convolution's kernel with 512-bit VPMADDUBSW and VPMADDWD: sixteen pixels a vector. The bytes of a pair of taps are interleaved.</summary>
internal static class DepthwiseAvx512
{
    private const int Pixels = 16;

    /// <summary>Computes pixels <paramref name="first"/> .. <paramref name="end"/> - 1, a multiple of 16, of all channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TSink>(ReadOnlySpan<byte> input, Span<byte> output, DepthwiseProgram program, in TSink sink, int first, int end)
        where TSink : struct, IConvolutionSink
    {
        ref byte source = ref MemoryMarshal.GetReference(input);
        ref byte target = ref MemoryMarshal.GetReference(output);
        TSink finish = sink;
        Vector512<short> ones = Vector512<short>.One;
        for (int quad = 0; quad < program.Starts.Length; quad++)
        {
            ref int start = ref program.Code[program.Starts[quad]];
            Vector512<int> initial = Vector512.Create(Vector128.LoadUnsafe(ref program.Initial[quad * 4]));
            for (int pixel = first; pixel < end; pixel += Pixels)
            {
                // Vector k has the channels of pixels k, k + 4, ...
                Vector512<int> sums0 = initial, sums1 = initial, sums2 = initial, sums3 = initial;
                ref byte block = ref Unsafe.Add(ref source, pixel * 4);
                ref int code = ref start;
                while (code != 0)
                {
                    int pairs = code;
                    int secondPairs = Unsafe.Add(ref code, 1);
                    code = ref Unsafe.Add(ref code, 2);
                    Vector512<short> low = default, high = default, secondLow = default, secondHigh = default;
                    for (; pairs > 0; pairs--, code = ref Unsafe.Add(ref code, DepthwiseProgram.PairLength))
                    {
                        Vector512<byte> a = Vector512.LoadUnsafe(ref Unsafe.Add(ref block, code));
                        Vector512<byte> b = Vector512.LoadUnsafe(ref Unsafe.Add(ref block, Unsafe.Add(ref code, 1)));
                        Vector512<sbyte> weights = Weights(ref code);
                        low += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(a, b), weights);
                        high += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(a, b), weights);
                    }
                    for (; secondPairs > 0; secondPairs--, code = ref Unsafe.Add(ref code, DepthwiseProgram.PairLength))
                    {
                        Vector512<byte> a = Vector512.LoadUnsafe(ref Unsafe.Add(ref block, code));
                        Vector512<byte> b = Vector512.LoadUnsafe(ref Unsafe.Add(ref block, Unsafe.Add(ref code, 1)));
                        Vector512<sbyte> weights = Weights(ref code);
                        secondLow += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(a, b), weights);
                        secondHigh += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(a, b), weights);
                    }
                    sums0 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(low, secondLow), ones);
                    sums1 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(low, secondLow), ones);
                    sums2 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(high, secondHigh), ones);
                    sums3 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(high, secondHigh), ones);
                }
                finish.ByPixel(ref target, quad, pixel, sums0, sums1, sums2, sums3);
            }
        }
    }

    /// <summary>The eight weights of a pair, for every pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<sbyte> Weights(ref int pair) =>
        Vector512.Create(Unsafe.ReadUnaligned<long>(ref Unsafe.As<int, byte>(ref Unsafe.Add(ref pair, 2)))).AsSByte();
}
