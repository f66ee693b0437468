using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// The depthwise convolution's kernel with 256-bit VPMADDUBSW and VPMADDWD: eight pixels a vector. The bytes of a pair of taps are interleaved.
/// </summary>
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
                for (int pairs; (pairs = code) != 0;)
                {
                    Vector256<short> low = Starts(ref Unsafe.Add(ref code, 1)), high = low;
                    Vector256<short> low2 = Starts(ref Unsafe.Add(ref code, 3)), high2 = low2;
                    code = ref Unsafe.Add(ref code, DepthwiseProgram.HeaderLength);
                    Add(ref block, ref code, 0, ref low, ref high);
                    Add(ref block, ref code, 1, ref low2, ref high2);
                    if (pairs > 2)
                    {
                        Add(ref block, ref code, 2, ref low, ref high);
                        if (pairs > 3)
                        {
                            Add(ref block, ref code, 3, ref low2, ref high2);
                            if (pairs > 4) Add(ref block, ref code, 4, ref low, ref high);
                        }
                    }
                    sums0 += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(low, low2), ones);
                    sums1 += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(low, low2), ones);
                    sums2 += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(high, high2), ones);
                    sums3 += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(high, high2), ones);
                    code = ref Unsafe.Add(ref code, pairs * DepthwiseProgram.PairLength);
                }
                finish.ByPixel(ref target, quad, pixel, sums0, sums1, sums2, sums3);
            }
        }
    }

    /// <summary>Adds the products of a pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref byte block, ref int code, int pair, ref Vector256<short> low, ref Vector256<short> high)
    {
        code = ref Unsafe.Add(ref code, pair * DepthwiseProgram.PairLength);
        Vector256<sbyte> weights = Eight(ref Unsafe.Add(ref code, 2)).AsSByte();
        Vector256<byte> first = Vector256.LoadUnsafe(ref Unsafe.Add(ref block, code));
        Vector256<byte> second = Vector256.LoadUnsafe(ref Unsafe.Add(ref block, Unsafe.Add(ref code, 1)));
        low += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(first, second), weights);
        high += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(first, second), weights);
    }

    /// <summary>The numbers that a run starts with, for every pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Starts(ref int numbers) => Eight(ref numbers).AsInt16();

    /// <summary>Eight bytes, again and again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Eight(ref int numbers) =>
        Vector256.Create(Unsafe.ReadUnaligned<long>(ref Unsafe.As<int, byte>(ref numbers)));
}
