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
    private const int Bytes = Pixels * 4;

    /// <summary>Computes a tile, a multiple of 16 pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TSink>(ReadOnlySpan<byte> input, Span<byte> output, DepthwiseProgram program, in TSink sink, in ImageTile tile)
        where TSink : struct, IConvolutionSink
    {
        ref byte source = ref MemoryMarshal.GetReference(input);
        ref byte target = ref MemoryMarshal.GetReference(output);
        TSink finish = sink;
        Vector512<short> ones = Vector512<short>.One;
        for (int quad = tile.FirstQuad; quad < tile.EndQuad; quad++)
        {
            ref int start = ref program.Code[program.Starts[quad]];
            Vector512<int> initial = Vector512.Create(Vector128.LoadUnsafe(ref program.Initial[quad * 4]));
            int pixel = tile.FirstPixel;
            for (; tile.EndPixel - pixel >= 2 * Pixels; pixel += 2 * Pixels)
            {
                // Vector k has the channels of pixels k, k + 4, ...
                Vector512<int> aSums0 = initial, aSums1 = initial, aSums2 = initial, aSums3 = initial;
                Vector512<int> bSums0 = initial, bSums1 = initial, bSums2 = initial, bSums3 = initial;
                ref byte block = ref Unsafe.Add(ref source, pixel * 4);
                ref int code = ref start;
                while (code != 0)
                {
                    int pairs = code;
                    int secondPairs = Unsafe.Add(ref code, 1);
                    code = ref Unsafe.Add(ref code, 2);
                    Vector512<short> aLow = default, aHigh = default, aSecondLow = default, aSecondHigh = default;
                    Vector512<short> bLow = default, bHigh = default, bSecondLow = default, bSecondHigh = default;
                    for (; pairs > 0; pairs--, code = ref Unsafe.Add(ref code, DepthwiseProgram.PairLength))
                    {
                        ref byte tap0 = ref Unsafe.Add(ref block, code);
                        ref byte tap1 = ref Unsafe.Add(ref block, Unsafe.Add(ref code, 1));
                        Vector512<sbyte> weights = Weights(ref code);
                        Vector512<byte> a0 = Vector512.LoadUnsafe(ref tap0), a1 = Vector512.LoadUnsafe(ref tap1);
                        aLow += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(a0, a1), weights);
                        aHigh += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(a0, a1), weights);
                        Vector512<byte> b0 = Vector512.LoadUnsafe(ref tap0, Bytes), b1 = Vector512.LoadUnsafe(ref tap1, Bytes);
                        bLow += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(b0, b1), weights);
                        bHigh += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(b0, b1), weights);
                    }
                    for (; secondPairs > 0; secondPairs--, code = ref Unsafe.Add(ref code, DepthwiseProgram.PairLength))
                    {
                        ref byte tap0 = ref Unsafe.Add(ref block, code);
                        ref byte tap1 = ref Unsafe.Add(ref block, Unsafe.Add(ref code, 1));
                        Vector512<sbyte> weights = Weights(ref code);
                        Vector512<byte> a0 = Vector512.LoadUnsafe(ref tap0), a1 = Vector512.LoadUnsafe(ref tap1);
                        aSecondLow += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(a0, a1), weights);
                        aSecondHigh += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(a0, a1), weights);
                        Vector512<byte> b0 = Vector512.LoadUnsafe(ref tap0, Bytes), b1 = Vector512.LoadUnsafe(ref tap1, Bytes);
                        bSecondLow += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(b0, b1), weights);
                        bSecondHigh += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(b0, b1), weights);
                    }
                    aSums0 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(aLow, aSecondLow), ones);
                    aSums1 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(aLow, aSecondLow), ones);
                    aSums2 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(aHigh, aSecondHigh), ones);
                    aSums3 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(aHigh, aSecondHigh), ones);
                    bSums0 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(bLow, bSecondLow), ones);
                    bSums1 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(bLow, bSecondLow), ones);
                    bSums2 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(bHigh, bSecondHigh), ones);
                    bSums3 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(bHigh, bSecondHigh), ones);
                }
                finish.ByPixel(ref target, quad, pixel, aSums0, aSums1, aSums2, aSums3);
                finish.ByPixel(ref target, quad, pixel + Pixels, bSums0, bSums1, bSums2, bSums3);
            }
            if (pixel < tile.EndPixel)
            {
                // Vector k has the channels of pixels k, k + 4, ...
                Vector512<int> aSums0 = initial, aSums1 = initial, aSums2 = initial, aSums3 = initial;
                ref byte block = ref Unsafe.Add(ref source, pixel * 4);
                ref int code = ref start;
                while (code != 0)
                {
                    int pairs = code;
                    int secondPairs = Unsafe.Add(ref code, 1);
                    code = ref Unsafe.Add(ref code, 2);
                    Vector512<short> aLow = default, aHigh = default, aSecondLow = default, aSecondHigh = default;
                    for (; pairs > 0; pairs--, code = ref Unsafe.Add(ref code, DepthwiseProgram.PairLength))
                    {
                        ref byte tap0 = ref Unsafe.Add(ref block, code);
                        ref byte tap1 = ref Unsafe.Add(ref block, Unsafe.Add(ref code, 1));
                        Vector512<sbyte> weights = Weights(ref code);
                        Vector512<byte> a0 = Vector512.LoadUnsafe(ref tap0), a1 = Vector512.LoadUnsafe(ref tap1);
                        aLow += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(a0, a1), weights);
                        aHigh += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(a0, a1), weights);
                    }
                    for (; secondPairs > 0; secondPairs--, code = ref Unsafe.Add(ref code, DepthwiseProgram.PairLength))
                    {
                        ref byte tap0 = ref Unsafe.Add(ref block, code);
                        ref byte tap1 = ref Unsafe.Add(ref block, Unsafe.Add(ref code, 1));
                        Vector512<sbyte> weights = Weights(ref code);
                        Vector512<byte> a0 = Vector512.LoadUnsafe(ref tap0), a1 = Vector512.LoadUnsafe(ref tap1);
                        aSecondLow += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(a0, a1), weights);
                        aSecondHigh += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(a0, a1), weights);
                    }
                    aSums0 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(aLow, aSecondLow), ones);
                    aSums1 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(aLow, aSecondLow), ones);
                    aSums2 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(aHigh, aSecondHigh), ones);
                    aSums3 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(aHigh, aSecondHigh), ones);
                }
                finish.ByPixel(ref target, quad, pixel, aSums0, aSums1, aSums2, aSums3);
            }
        }
    }

    /// <summary>The eight weights of a pair, for every pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<sbyte> Weights(ref int pair) =>
        Vector512.Create(Unsafe.ReadUnaligned<long>(ref Unsafe.As<int, byte>(ref Unsafe.Add(ref pair, 2)))).AsSByte();
}
