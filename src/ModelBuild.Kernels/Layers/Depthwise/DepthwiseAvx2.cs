using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>The depthwise convolution's kernel with 256-bit VPMADDUBSW and VPMADDWD: eight pixels a vector. The bytes of a pair of taps are interleaved.</summary>
internal static class DepthwiseAvx2
{
    private const int Pixels = 8;

    /// <summary>Computes a tile, a multiple of 8 pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TSink>(ReadOnlySpan<byte> input, Span<byte> output, DepthwiseProgram program, in TSink sink, in ImageTile tile)
        where TSink : struct, IConvolutionSink
    {
        ref byte source = ref MemoryMarshal.GetReference(input);
        ref byte target = ref MemoryMarshal.GetReference(output);
        TSink finish = sink;
        Vector256<short> ones = Vector256<short>.One;
        for (int quad = tile.FirstQuad; quad < tile.EndQuad; quad++)
        {
            ref int start = ref program.Code[program.Starts[quad]];
            Vector256<int> initial = Vector256.Create(Vector128.LoadUnsafe(ref program.Initial[quad * 4]));
            for (int pixel = tile.FirstPixel; pixel < tile.EndPixel; pixel += Pixels)
            {
                // Vector k has the channels of pixels k, k + 4, ...
                Vector256<int> sums0 = initial, sums1 = initial, sums2 = initial, sums3 = initial;
                ref byte block = ref Unsafe.Add(ref source, pixel * 4);
                ref int code = ref start;
                while (code != 0)
                {
                    int pairs = code;
                    int secondPairs = Unsafe.Add(ref code, 1);
                    code = ref Unsafe.Add(ref code, 2);
                    Vector256<short> low = default, high = default, secondLow = default, secondHigh = default;
                    for (; pairs > 0; pairs--, code = ref Unsafe.Add(ref code, DepthwiseProgram.PairLength))
                    {
                        Vector256<byte> a = Vector256.LoadUnsafe(ref Unsafe.Add(ref block, code));
                        Vector256<byte> b = Vector256.LoadUnsafe(ref Unsafe.Add(ref block, Unsafe.Add(ref code, 1)));
                        Vector256<sbyte> weights = Weights(ref code);
                        low += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(a, b), weights);
                        high += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(a, b), weights);
                    }
                    for (; secondPairs > 0; secondPairs--, code = ref Unsafe.Add(ref code, DepthwiseProgram.PairLength))
                    {
                        Vector256<byte> a = Vector256.LoadUnsafe(ref Unsafe.Add(ref block, code));
                        Vector256<byte> b = Vector256.LoadUnsafe(ref Unsafe.Add(ref block, Unsafe.Add(ref code, 1)));
                        Vector256<sbyte> weights = Weights(ref code);
                        secondLow += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(a, b), weights);
                        secondHigh += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(a, b), weights);
                    }
                    sums0 += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(low, secondLow), ones);
                    sums1 += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(low, secondLow), ones);
                    sums2 += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(high, secondHigh), ones);
                    sums3 += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(high, secondHigh), ones);
                }
                finish.ByPixel(ref target, quad, pixel, sums0, sums1, sums2, sums3);
            }
        }
    }

    /// <summary>The eight weights of a pair, for every pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<sbyte> Weights(ref int pair) =>
        Vector256.Create(Unsafe.ReadUnaligned<long>(ref Unsafe.As<int, byte>(ref Unsafe.Add(ref pair, 2)))).AsSByte();
}
