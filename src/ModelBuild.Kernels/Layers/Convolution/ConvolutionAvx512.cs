using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>The convolution's kernel with 512-bit VPMADDUBSW and VPMADDWD: sixteen pixels a vector.</summary>
internal static class ConvolutionAvx512
{
    private const int Pixels = 16;
    private const int Bytes = Pixels * 4;

    /// <summary>Computes a tile, a multiple of 16 pixels.</summary>
    public static void Run<TSink>(ReadOnlySpan<byte> input, Span<byte> output, ConvolutionProgram program, ref TSink sink, in ImageTile tile)
        where TSink : struct, IConvolutionSink
    {
        ref byte source = ref MemoryMarshal.GetReference(input);
        ref byte target = ref MemoryMarshal.GetReference(output);
        int pixel = tile.FirstPixel;
        for (; tile.EndPixel - pixel >= 2 * Pixels; pixel += 2 * Pixels) Two(ref source, ref target, program, ref sink, tile, pixel);
        if (pixel < tile.EndPixel) One(ref source, ref target, program, ref sink, tile, pixel);
    }

    /// <summary>Two vectors of pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two<TSink>(ref byte input, ref byte output, ConvolutionProgram program, ref TSink sink, in ImageTile tile, int pixel)
        where TSink : struct, IConvolutionSink
    {
        Vector512<short> ones = Vector512<short>.One;
        ref byte block = ref Unsafe.Add(ref input, pixel * 4);
        for (int group = tile.FirstQuad; group < tile.EndQuad; group++)
        {
            ref int initial = ref program.Initial[group * 4];
            Vector512<int> a0 = Vector512.Create(initial), b0 = a0;
            Vector512<int> a1 = Vector512.Create(Unsafe.Add(ref initial, 1)), b1 = a1;
            Vector512<int> a2 = Vector512.Create(Unsafe.Add(ref initial, 2)), b2 = a2;
            Vector512<int> a3 = Vector512.Create(Unsafe.Add(ref initial, 3)), b3 = a3;
            ref int code = ref program.Code[program.Starts[group]];
            for (int length; (length = code) != 0;)
            {
                int runs = Unsafe.Add(ref code, 1);
                code = ref Unsafe.Add(ref code, 2);
                do
                {
                    ref byte quad = ref Unsafe.Add(ref block, code);
                    Vector512<byte> a = Vector512.LoadUnsafe(ref quad);
                    Vector512<byte> b = Vector512.LoadUnsafe(ref quad, Bytes);
                    Vector512<sbyte> w = Vector512.Create(Unsafe.Add(ref code, 1)).AsSByte();
                    Vector512<short> sa0 = Avx512BW.MultiplyAddAdjacent(a, w), sb0 = Avx512BW.MultiplyAddAdjacent(b, w);
                    w = Vector512.Create(Unsafe.Add(ref code, 2)).AsSByte();
                    Vector512<short> sa1 = Avx512BW.MultiplyAddAdjacent(a, w), sb1 = Avx512BW.MultiplyAddAdjacent(b, w);
                    w = Vector512.Create(Unsafe.Add(ref code, 3)).AsSByte();
                    Vector512<short> sa2 = Avx512BW.MultiplyAddAdjacent(a, w), sb2 = Avx512BW.MultiplyAddAdjacent(b, w);
                    w = Vector512.Create(Unsafe.Add(ref code, 4)).AsSByte();
                    Vector512<short> sa3 = Avx512BW.MultiplyAddAdjacent(a, w), sb3 = Avx512BW.MultiplyAddAdjacent(b, w);
                    code = ref Unsafe.Add(ref code, ConvolutionProgram.EntryLength);
                    for (int more = length - 1; more > 0; more--)
                    {
                        quad = ref Unsafe.Add(ref block, code);
                        a = Vector512.LoadUnsafe(ref quad);
                        b = Vector512.LoadUnsafe(ref quad, Bytes);
                        w = Vector512.Create(Unsafe.Add(ref code, 1)).AsSByte();
                        sa0 += Avx512BW.MultiplyAddAdjacent(a, w);
                        sb0 += Avx512BW.MultiplyAddAdjacent(b, w);
                        w = Vector512.Create(Unsafe.Add(ref code, 2)).AsSByte();
                        sa1 += Avx512BW.MultiplyAddAdjacent(a, w);
                        sb1 += Avx512BW.MultiplyAddAdjacent(b, w);
                        w = Vector512.Create(Unsafe.Add(ref code, 3)).AsSByte();
                        sa2 += Avx512BW.MultiplyAddAdjacent(a, w);
                        sb2 += Avx512BW.MultiplyAddAdjacent(b, w);
                        w = Vector512.Create(Unsafe.Add(ref code, 4)).AsSByte();
                        sa3 += Avx512BW.MultiplyAddAdjacent(a, w);
                        sb3 += Avx512BW.MultiplyAddAdjacent(b, w);
                        code = ref Unsafe.Add(ref code, ConvolutionProgram.EntryLength);
                    }
                    a0 += Avx512BW.MultiplyAddAdjacent(sa0, ones);
                    b0 += Avx512BW.MultiplyAddAdjacent(sb0, ones);
                    a1 += Avx512BW.MultiplyAddAdjacent(sa1, ones);
                    b1 += Avx512BW.MultiplyAddAdjacent(sb1, ones);
                    a2 += Avx512BW.MultiplyAddAdjacent(sa2, ones);
                    b2 += Avx512BW.MultiplyAddAdjacent(sb2, ones);
                    a3 += Avx512BW.MultiplyAddAdjacent(sa3, ones);
                    b3 += Avx512BW.MultiplyAddAdjacent(sb3, ones);
                }
                while (--runs > 0);
            }
            sink.ByOutput(ref output, group, pixel, a0, a1, a2, a3);
            sink.ByOutput(ref output, group, pixel + Pixels, b0, b1, b2, b3);
        }
    }

    /// <summary>One vector of pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One<TSink>(ref byte input, ref byte output, ConvolutionProgram program, ref TSink sink, in ImageTile tile, int pixel)
        where TSink : struct, IConvolutionSink
    {
        Vector512<short> ones = Vector512<short>.One;
        ref byte block = ref Unsafe.Add(ref input, pixel * 4);
        for (int group = tile.FirstQuad; group < tile.EndQuad; group++)
        {
            ref int initial = ref program.Initial[group * 4];
            Vector512<int> a0 = Vector512.Create(initial);
            Vector512<int> a1 = Vector512.Create(Unsafe.Add(ref initial, 1));
            Vector512<int> a2 = Vector512.Create(Unsafe.Add(ref initial, 2));
            Vector512<int> a3 = Vector512.Create(Unsafe.Add(ref initial, 3));
            ref int code = ref program.Code[program.Starts[group]];
            for (int length; (length = code) != 0;)
            {
                int runs = Unsafe.Add(ref code, 1);
                code = ref Unsafe.Add(ref code, 2);
                do
                {
                    Vector512<byte> a = Vector512.LoadUnsafe(ref Unsafe.Add(ref block, code));
                    Vector512<short> s0 = Avx512BW.MultiplyAddAdjacent(a, Vector512.Create(Unsafe.Add(ref code, 1)).AsSByte());
                    Vector512<short> s1 = Avx512BW.MultiplyAddAdjacent(a, Vector512.Create(Unsafe.Add(ref code, 2)).AsSByte());
                    Vector512<short> s2 = Avx512BW.MultiplyAddAdjacent(a, Vector512.Create(Unsafe.Add(ref code, 3)).AsSByte());
                    Vector512<short> s3 = Avx512BW.MultiplyAddAdjacent(a, Vector512.Create(Unsafe.Add(ref code, 4)).AsSByte());
                    code = ref Unsafe.Add(ref code, ConvolutionProgram.EntryLength);
                    for (int more = length - 1; more > 0; more--)
                    {
                        a = Vector512.LoadUnsafe(ref Unsafe.Add(ref block, code));
                        s0 += Avx512BW.MultiplyAddAdjacent(a, Vector512.Create(Unsafe.Add(ref code, 1)).AsSByte());
                        s1 += Avx512BW.MultiplyAddAdjacent(a, Vector512.Create(Unsafe.Add(ref code, 2)).AsSByte());
                        s2 += Avx512BW.MultiplyAddAdjacent(a, Vector512.Create(Unsafe.Add(ref code, 3)).AsSByte());
                        s3 += Avx512BW.MultiplyAddAdjacent(a, Vector512.Create(Unsafe.Add(ref code, 4)).AsSByte());
                        code = ref Unsafe.Add(ref code, ConvolutionProgram.EntryLength);
                    }
                    a0 += Avx512BW.MultiplyAddAdjacent(s0, ones);
                    a1 += Avx512BW.MultiplyAddAdjacent(s1, ones);
                    a2 += Avx512BW.MultiplyAddAdjacent(s2, ones);
                    a3 += Avx512BW.MultiplyAddAdjacent(s3, ones);
                }
                while (--runs > 0);
            }
            sink.ByOutput(ref output, group, pixel, a0, a1, a2, a3);
        }
    }
}
