using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace ModelBuild.Kernels;

/// <summary>
/// The convolution's kernel with ARM's SDOT, whose sums are exact: four pixels a vector, no runs. It multiplies signed by signed bytes, so
/// activations come less 128 and the sums start with 128 times the sum of the weights. An entry's weights are one register, from which
/// the instruction takes those of an output.
/// </summary>
internal static class ConvolutionArmDp
{
    private const int Pixels = 4;
    private const int Bytes = Pixels * 4;

    /// <summary>Computes a tile, a multiple of 8 pixels.</summary>
    public static void Run<TSink>(ReadOnlySpan<byte> input, Span<byte> output, ConvolutionProgram program, ref TSink sink, in ImageTile tile)
        where TSink : struct, IConvolutionSink
    {
        ref byte source = ref MemoryMarshal.GetReference(input);
        ref byte target = ref MemoryMarshal.GetReference(output);
        int pixel = tile.FirstPixel;
        for (; tile.EndPixel - pixel >= 4 * Pixels; pixel += 4 * Pixels) Four(ref source, ref target, program, ref sink, tile, pixel);
        if (pixel < tile.EndPixel) Two(ref source, ref target, program, ref sink, tile, pixel);
    }

    /// <summary>Four vectors of pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four<TSink>(ref byte input, ref byte output, ConvolutionProgram program, ref TSink sink, in ImageTile tile, int pixel)
        where TSink : struct, IConvolutionSink
    {
        ref byte block = ref Unsafe.Add(ref input, pixel * 4);
        for (int group = tile.FirstQuad; group < tile.EndQuad; group++)
        {
            Vector128<int> initial = Initial(program, group);
            Vector128<int> a0 = Vector128.Create(initial[0]), b0 = a0, c0 = a0, d0 = a0;
            Vector128<int> a1 = Vector128.Create(initial[1]), b1 = a1, c1 = a1, d1 = a1;
            Vector128<int> a2 = Vector128.Create(initial[2]), b2 = a2, c2 = a2, d2 = a2;
            Vector128<int> a3 = Vector128.Create(initial[3]), b3 = a3, c3 = a3, d3 = a3;
            ref int code = ref program.Code[program.Starts[group]];
            for (int length; (length = code) != 0;)
            {
                int entries = length * Unsafe.Add(ref code, 1);
                code = ref Unsafe.Add(ref code, 2);
                do
                {
                    ref byte quad = ref Unsafe.Add(ref block, code);
                    Vector128<sbyte> weights = Vector128.LoadUnsafe(ref Unsafe.Add(ref code, 1)).AsSByte();
                    Vector128<sbyte> a = Signed(ref quad), b = Signed(ref Unsafe.Add(ref quad, Bytes));
                    Vector128<sbyte> c = Signed(ref Unsafe.Add(ref quad, 2 * Bytes)), d = Signed(ref Unsafe.Add(ref quad, 3 * Bytes));
                    a0 = Dp.DotProductBySelectedQuadruplet(a0, a, weights, 0);
                    b0 = Dp.DotProductBySelectedQuadruplet(b0, b, weights, 0);
                    c0 = Dp.DotProductBySelectedQuadruplet(c0, c, weights, 0);
                    d0 = Dp.DotProductBySelectedQuadruplet(d0, d, weights, 0);
                    a1 = Dp.DotProductBySelectedQuadruplet(a1, a, weights, 1);
                    b1 = Dp.DotProductBySelectedQuadruplet(b1, b, weights, 1);
                    c1 = Dp.DotProductBySelectedQuadruplet(c1, c, weights, 1);
                    d1 = Dp.DotProductBySelectedQuadruplet(d1, d, weights, 1);
                    a2 = Dp.DotProductBySelectedQuadruplet(a2, a, weights, 2);
                    b2 = Dp.DotProductBySelectedQuadruplet(b2, b, weights, 2);
                    c2 = Dp.DotProductBySelectedQuadruplet(c2, c, weights, 2);
                    d2 = Dp.DotProductBySelectedQuadruplet(d2, d, weights, 2);
                    a3 = Dp.DotProductBySelectedQuadruplet(a3, a, weights, 3);
                    b3 = Dp.DotProductBySelectedQuadruplet(b3, b, weights, 3);
                    c3 = Dp.DotProductBySelectedQuadruplet(c3, c, weights, 3);
                    d3 = Dp.DotProductBySelectedQuadruplet(d3, d, weights, 3);
                    code = ref Unsafe.Add(ref code, ConvolutionProgram.EntryLength);
                }
                while (--entries > 0);
            }
            sink.ByOutput(ref output, group, pixel, a0, a1, a2, a3);
            sink.ByOutput(ref output, group, pixel + Pixels, b0, b1, b2, b3);
            sink.ByOutput(ref output, group, pixel + 2 * Pixels, c0, c1, c2, c3);
            sink.ByOutput(ref output, group, pixel + 3 * Pixels, d0, d1, d2, d3);
        }
    }

    /// <summary>Two vectors of pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two<TSink>(ref byte input, ref byte output, ConvolutionProgram program, ref TSink sink, in ImageTile tile, int pixel)
        where TSink : struct, IConvolutionSink
    {
        ref byte block = ref Unsafe.Add(ref input, pixel * 4);
        for (int group = tile.FirstQuad; group < tile.EndQuad; group++)
        {
            Vector128<int> initial = Initial(program, group);
            Vector128<int> a0 = Vector128.Create(initial[0]), b0 = a0;
            Vector128<int> a1 = Vector128.Create(initial[1]), b1 = a1;
            Vector128<int> a2 = Vector128.Create(initial[2]), b2 = a2;
            Vector128<int> a3 = Vector128.Create(initial[3]), b3 = a3;
            ref int code = ref program.Code[program.Starts[group]];
            for (int length; (length = code) != 0;)
            {
                int entries = length * Unsafe.Add(ref code, 1);
                code = ref Unsafe.Add(ref code, 2);
                do
                {
                    ref byte quad = ref Unsafe.Add(ref block, code);
                    Vector128<sbyte> weights = Vector128.LoadUnsafe(ref Unsafe.Add(ref code, 1)).AsSByte();
                    Vector128<sbyte> a = Signed(ref quad), b = Signed(ref Unsafe.Add(ref quad, Bytes));
                    a0 = Dp.DotProductBySelectedQuadruplet(a0, a, weights, 0);
                    b0 = Dp.DotProductBySelectedQuadruplet(b0, b, weights, 0);
                    a1 = Dp.DotProductBySelectedQuadruplet(a1, a, weights, 1);
                    b1 = Dp.DotProductBySelectedQuadruplet(b1, b, weights, 1);
                    a2 = Dp.DotProductBySelectedQuadruplet(a2, a, weights, 2);
                    b2 = Dp.DotProductBySelectedQuadruplet(b2, b, weights, 2);
                    a3 = Dp.DotProductBySelectedQuadruplet(a3, a, weights, 3);
                    b3 = Dp.DotProductBySelectedQuadruplet(b3, b, weights, 3);
                    code = ref Unsafe.Add(ref code, ConvolutionProgram.EntryLength);
                }
                while (--entries > 0);
            }
            sink.ByOutput(ref output, group, pixel, a0, a1, a2, a3);
            sink.ByOutput(ref output, group, pixel + Pixels, b0, b1, b2, b3);
        }
    }

    /// <summary>What the sums of four outputs start with.</summary>
    private static Vector128<int> Initial(ConvolutionProgram program, int group) =>
        Vector128.LoadUnsafe(ref program.Initial[group * 4]) + (Vector128.LoadUnsafe(ref program.WeightSums[group * 4]) << 7);

    /// <summary>Sixteen activations less 128.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<sbyte> Signed(ref byte activations) =>
        (Vector128.LoadUnsafe(ref activations) ^ Vector128.Create((byte)0x80)).AsSByte();
}
