using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// The depthwise convolution's kernel with 512-bit VPMADDUBSW and VPMADDWD: sixteen pixels a vector. The bytes of a pair of taps are interleaved.
/// </summary>
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
                for (int pairs; (pairs = code) != 0;)
                {
                    Vector512<short> aLow = Starts(ref Unsafe.Add(ref code, 1)), aHigh = aLow, bLow = aLow, bHigh = aLow;
                    Vector512<short> aLow2 = Starts(ref Unsafe.Add(ref code, 3)), aHigh2 = aLow2, bLow2 = aLow2, bHigh2 = aLow2;
                    code = ref Unsafe.Add(ref code, DepthwiseProgram.HeaderLength);
                    Add(ref block, ref code, 0, ref aLow, ref aHigh, ref bLow, ref bHigh);
                    Add(ref block, ref code, 1, ref aLow2, ref aHigh2, ref bLow2, ref bHigh2);
                    if (pairs > 2)
                    {
                        Add(ref block, ref code, 2, ref aLow, ref aHigh, ref bLow, ref bHigh);
                        if (pairs > 3)
                        {
                            Add(ref block, ref code, 3, ref aLow2, ref aHigh2, ref bLow2, ref bHigh2);
                            if (pairs > 4) Add(ref block, ref code, 4, ref aLow, ref aHigh, ref bLow, ref bHigh);
                        }
                    }
                    aSums0 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(aLow, aLow2), ones);
                    aSums1 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(aLow, aLow2), ones);
                    aSums2 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(aHigh, aHigh2), ones);
                    aSums3 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(aHigh, aHigh2), ones);
                    bSums0 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(bLow, bLow2), ones);
                    bSums1 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(bLow, bLow2), ones);
                    bSums2 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(bHigh, bHigh2), ones);
                    bSums3 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(bHigh, bHigh2), ones);
                    code = ref Unsafe.Add(ref code, pairs * DepthwiseProgram.PairLength);
                }
                finish.ByPixel(ref target, quad, pixel, aSums0, aSums1, aSums2, aSums3);
                finish.ByPixel(ref target, quad, pixel + Pixels, bSums0, bSums1, bSums2, bSums3);
            }
            if (pixel < tile.EndPixel)
            {
                // Vector k has the channels of pixels k, k + 4, ...
                Vector512<int> sums0 = initial, sums1 = initial, sums2 = initial, sums3 = initial;
                ref byte block = ref Unsafe.Add(ref source, pixel * 4);
                ref int code = ref start;
                for (int pairs; (pairs = code) != 0;)
                {
                    Vector512<short> low = Starts(ref Unsafe.Add(ref code, 1)), high = low;
                    Vector512<short> low2 = Starts(ref Unsafe.Add(ref code, 3)), high2 = low2;
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
                    sums0 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(low, low2), ones);
                    sums1 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(low, low2), ones);
                    sums2 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(high, high2), ones);
                    sums3 += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(high, high2), ones);
                    code = ref Unsafe.Add(ref code, pairs * DepthwiseProgram.PairLength);
                }
                finish.ByPixel(ref target, quad, pixel, sums0, sums1, sums2, sums3);
            }
        }
    }

    /// <summary>Adds the products of a pair for two vectors of pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        ref byte block, ref int code, int pair, ref Vector512<short> aLow, ref Vector512<short> aHigh, ref Vector512<short> bLow,
        ref Vector512<short> bHigh)
    {
        Add(ref block, ref code, pair, ref aLow, ref aHigh);
        Add(ref Unsafe.Add(ref block, Bytes), ref code, pair, ref bLow, ref bHigh);
    }

    /// <summary>Adds the products of a pair for one vector of pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref byte block, ref int code, int pair, ref Vector512<short> low, ref Vector512<short> high)
    {
        code = ref Unsafe.Add(ref code, pair * DepthwiseProgram.PairLength);
        Vector512<sbyte> weights = Eight(ref Unsafe.Add(ref code, 2)).AsSByte();
        Vector512<byte> first = Vector512.LoadUnsafe(ref Unsafe.Add(ref block, code));
        Vector512<byte> second = Vector512.LoadUnsafe(ref Unsafe.Add(ref block, Unsafe.Add(ref code, 1)));
        low += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(first, second), weights);
        high += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(first, second), weights);
    }

    /// <summary>The numbers that a run starts with, for every pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Starts(ref int numbers) => Eight(ref numbers).AsInt16();

    /// <summary>Eight bytes, again and again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Eight(ref int numbers) =>
        Vector512.Create(Unsafe.ReadUnaligned<long>(ref Unsafe.As<int, byte>(ref numbers)));
}
