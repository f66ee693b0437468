using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>The convolution's kernel with 256-bit VPMADDUBSW and VPMADDWD: eight pixels a vector.</summary>
internal static class ConvolutionAvx2
{
    private const int Pixels = 8;

    /// <summary>Computes a tile, a multiple of 8 pixels.</summary>
    public static void Run<TSink>(ReadOnlySpan<byte> input, Span<byte> output, ConvolutionProgram program, ref TSink sink, in ImageTile tile)
        where TSink : struct, IConvolutionSink
    {
        ref byte source = ref MemoryMarshal.GetReference(input);
        ref byte target = ref MemoryMarshal.GetReference(output);
        for (int pixel = tile.FirstPixel; pixel < tile.EndPixel; pixel += Pixels) One(ref source, ref target, program, ref sink, tile, pixel);
    }

    /// <summary>One vector of pixels. The sixteen registers hold no more: four sums of 32 bits, four of 16, the pixels, a weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One<TSink>(ref byte input, ref byte output, ConvolutionProgram program, ref TSink sink, in ImageTile tile, int pixel)
        where TSink : struct, IConvolutionSink
    {
        Vector256<short> ones = Vector256<short>.One;
        ref byte block = ref Unsafe.Add(ref input, pixel * 4);
        for (int group = tile.FirstQuad; group < tile.EndQuad; group++)
        {
            ref int initial = ref program.Initial[group * 4];
            Vector256<int> a0 = Vector256.Create(initial);
            Vector256<int> a1 = Vector256.Create(Unsafe.Add(ref initial, 1));
            Vector256<int> a2 = Vector256.Create(Unsafe.Add(ref initial, 2));
            Vector256<int> a3 = Vector256.Create(Unsafe.Add(ref initial, 3));
            ref int code = ref program.Code[program.Starts[group]];
            for (int length; (length = code) != 0;)
            {
                int runs = Unsafe.Add(ref code, 1);
                code = ref Unsafe.Add(ref code, 2);
                do
                {
                    Vector256<byte> a = Vector256.LoadUnsafe(ref Unsafe.Add(ref block, code));
                    Vector256<short> s0 = Avx2.MultiplyAddAdjacent(a, Vector256.Create(Unsafe.Add(ref code, 1)).AsSByte());
                    Vector256<short> s1 = Avx2.MultiplyAddAdjacent(a, Vector256.Create(Unsafe.Add(ref code, 2)).AsSByte());
                    Vector256<short> s2 = Avx2.MultiplyAddAdjacent(a, Vector256.Create(Unsafe.Add(ref code, 3)).AsSByte());
                    Vector256<short> s3 = Avx2.MultiplyAddAdjacent(a, Vector256.Create(Unsafe.Add(ref code, 4)).AsSByte());
                    code = ref Unsafe.Add(ref code, ConvolutionProgram.EntryLength);
                    for (int more = length - 1; more > 0; more--)
                    {
                        a = Vector256.LoadUnsafe(ref Unsafe.Add(ref block, code));
                        s0 += Avx2.MultiplyAddAdjacent(a, Vector256.Create(Unsafe.Add(ref code, 1)).AsSByte());
                        s1 += Avx2.MultiplyAddAdjacent(a, Vector256.Create(Unsafe.Add(ref code, 2)).AsSByte());
                        s2 += Avx2.MultiplyAddAdjacent(a, Vector256.Create(Unsafe.Add(ref code, 3)).AsSByte());
                        s3 += Avx2.MultiplyAddAdjacent(a, Vector256.Create(Unsafe.Add(ref code, 4)).AsSByte());
                        code = ref Unsafe.Add(ref code, ConvolutionProgram.EntryLength);
                    }
                    a0 += Avx2.MultiplyAddAdjacent(s0, ones);
                    a1 += Avx2.MultiplyAddAdjacent(s1, ones);
                    a2 += Avx2.MultiplyAddAdjacent(s2, ones);
                    a3 += Avx2.MultiplyAddAdjacent(s3, ones);
                }
                while (--runs > 0);
            }
            sink.ByOutput(ref output, group, pixel, a0, a1, a2, a3);
        }
    }
}
