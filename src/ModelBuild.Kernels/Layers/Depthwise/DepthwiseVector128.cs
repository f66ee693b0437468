using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>The depthwise convolution's kernel in portable 128-bit vectors: four pixels a vector, products in 16 bits.</summary>
internal static class DepthwiseVector128
{
    private const int Pixels = 4;

    /// <summary>Computes a tile, a multiple of 4 pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TSink>(ReadOnlySpan<byte> input, Span<byte> output, DepthwiseProgram program, in TSink sink, in ImageTile tile)
        where TSink : struct, IConvolutionSink
    {
        ref byte source = ref MemoryMarshal.GetReference(input);
        ref byte target = ref MemoryMarshal.GetReference(output);
        for (int quad = tile.FirstQuad; quad < tile.EndQuad; quad++)
        {
            ref int start = ref program.Code[program.Starts[quad]];
            Vector128<int> initial = Vector128.LoadUnsafe(ref program.Initial[quad * 4]);
            for (int pixel = tile.FirstPixel; pixel < tile.EndPixel; pixel += Pixels)
            {
                Vector128<int> sums0 = initial, sums1 = initial, sums2 = initial, sums3 = initial;
                ref byte block = ref Unsafe.Add(ref source, pixel * 4);
                ref int code = ref start;
                while (code != 0)
                {
                    int pairs = code;
                    Vector128<short> low = Starts(ref Unsafe.Add(ref code, 1)), otherLow = Starts(ref Unsafe.Add(ref code, 3));
                    Vector128<short> high = low, otherHigh = otherLow;
                    code = ref Unsafe.Add(ref code, DepthwiseProgram.HeaderLength);
                    for (; pairs > 0; pairs--, code = ref Unsafe.Add(ref code, DepthwiseProgram.PairLength))
                    {
                        Vector128<short> weights = Vector128.Create(Unsafe.ReadUnaligned<long>(ref Unsafe.As<int, byte>(ref Unsafe.Add(ref code, 2)))).AsInt16();
                        AddProducts(ref low, ref high, Vector128.LoadUnsafe(ref Unsafe.Add(ref block, code)), weights << 8 >> 8);
                        AddProducts(ref low, ref high, Vector128.LoadUnsafe(ref Unsafe.Add(ref block, Unsafe.Add(ref code, 1))), weights >> 8);
                        // The next pair is of the other run.
                        (low, otherLow) = (otherLow, low);
                        (high, otherHigh) = (otherHigh, high);
                    }
                    sums0 += Vector128.WidenLower(low) + Vector128.WidenLower(otherLow);
                    sums1 += Vector128.WidenUpper(low) + Vector128.WidenUpper(otherLow);
                    sums2 += Vector128.WidenLower(high) + Vector128.WidenLower(otherHigh);
                    sums3 += Vector128.WidenUpper(high) + Vector128.WidenUpper(otherHigh);
                }
                sink.ByPixel(ref target, quad, pixel, sums0, sums1, sums2, sums3);
            }
        }
    }

    /// <summary>The numbers that a run starts with, for every pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Starts(ref int numbers) =>
        Vector128.Create(Unsafe.ReadUnaligned<long>(ref Unsafe.As<int, byte>(ref numbers))).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProducts(ref Vector128<short> low, ref Vector128<short> high, Vector128<byte> quads, Vector128<short> weights)
    {
        low += Vector128.WidenLower(quads).AsInt16() * weights;
        high += Vector128.WidenUpper(quads).AsInt16() * weights;
    }
}
