using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// The convolution's kernel with 256-bit VPDPBUSD, whose sums are exact: eight pixels a vector, no runs. Without AVX-512 the instruction has
/// sixteen registers: twelve sums (four outputs of three vectors of pixels), three vectors of pixels and a weight.
/// </summary>
internal static class ConvolutionAvxVnni
{
    private const int Pixels = 8;
    private const int Bytes = Pixels * 4;

    // So much code stays in the second-level cache, from where it is read again for each block of pixels.
    private const int BlockCode = 64 * 1024;

    /// <summary>Computes a tile, a multiple of 8 pixels.</summary>
    public static void Run<TSink>(ReadOnlySpan<byte> input, Span<byte> output, ConvolutionProgram program, ref TSink sink, in ImageTile tile)
        where TSink : struct, IConvolutionSink
    {
        ref byte source = ref MemoryMarshal.GetReference(input);
        ref byte target = ref MemoryMarshal.GetReference(output);
        for (int group = tile.FirstQuad; group < tile.EndQuad;)
        {
            int endGroup = group + 1;
            while (endGroup < tile.EndQuad && program.Starts[endGroup] - program.Starts[group] < BlockCode) endGroup++;
            int pixel = tile.FirstPixel;
            for (; ConvolutionAvxVnni512.Takes((tile.EndPixel - pixel) / Pixels); pixel += 4 * Pixels)
                ConvolutionAvxVnni512.Four(ref source, ref target, program, ref sink, pixel, group, endGroup);
            // Four vectors are two and two, as one alone waits for the sums before.
            for (; tile.EndPixel - pixel >= 3 * Pixels && tile.EndPixel - pixel != 4 * Pixels; pixel += 3 * Pixels)
                Three(ref source, ref target, program, ref sink, pixel, group, endGroup);
            for (; tile.EndPixel - pixel >= 2 * Pixels; pixel += 2 * Pixels)
                Two(ref source, ref target, program, ref sink, pixel, group, endGroup);
            if (tile.EndPixel > pixel) One(ref source, ref target, program, ref sink, pixel, group, endGroup);
            group = endGroup;
        }
    }

    /// <summary>Three vectors of pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Three<TSink>(
        ref byte input, ref byte output, ConvolutionProgram program, ref TSink sink, int pixel, int group, int endGroup)
        where TSink : struct, IConvolutionSink
    {
        ref byte block = ref Unsafe.Add(ref input, pixel * 4);
        for (; group < endGroup; group++)
        {
            ref int initial = ref program.Initial[group * 4];
            Vector256<int> a0 = Vector256.Create(initial), b0 = a0, c0 = a0;
            Vector256<int> a1 = Vector256.Create(Unsafe.Add(ref initial, 1)), b1 = a1, c1 = a1;
            Vector256<int> a2 = Vector256.Create(Unsafe.Add(ref initial, 2)), b2 = a2, c2 = a2;
            Vector256<int> a3 = Vector256.Create(Unsafe.Add(ref initial, 3)), b3 = a3, c3 = a3;
            ref int code = ref program.Code[program.Starts[group]];
            for (int length; (length = code) != 0;)
            {
                int entries = length * Unsafe.Add(ref code, 1);
                code = ref Unsafe.Add(ref code, 2);
                do
                {
                    ref byte quad = ref Unsafe.Add(ref block, code);
                    Vector256<byte> a = Vector256.LoadUnsafe(ref quad);
                    Vector256<byte> b = Vector256.LoadUnsafe(ref quad, Bytes);
                    Vector256<byte> c = Vector256.LoadUnsafe(ref quad, 2 * Bytes);
                    Vector256<sbyte> w = Vector256.Create(Unsafe.Add(ref code, 1)).AsSByte();
                    a0 = AvxVnni.MultiplyWideningAndAdd(a0, a, w);
                    b0 = AvxVnni.MultiplyWideningAndAdd(b0, b, w);
                    c0 = AvxVnni.MultiplyWideningAndAdd(c0, c, w);
                    w = Vector256.Create(Unsafe.Add(ref code, 2)).AsSByte();
                    a1 = AvxVnni.MultiplyWideningAndAdd(a1, a, w);
                    b1 = AvxVnni.MultiplyWideningAndAdd(b1, b, w);
                    c1 = AvxVnni.MultiplyWideningAndAdd(c1, c, w);
                    w = Vector256.Create(Unsafe.Add(ref code, 3)).AsSByte();
                    a2 = AvxVnni.MultiplyWideningAndAdd(a2, a, w);
                    b2 = AvxVnni.MultiplyWideningAndAdd(b2, b, w);
                    c2 = AvxVnni.MultiplyWideningAndAdd(c2, c, w);
                    w = Vector256.Create(Unsafe.Add(ref code, 4)).AsSByte();
                    a3 = AvxVnni.MultiplyWideningAndAdd(a3, a, w);
                    b3 = AvxVnni.MultiplyWideningAndAdd(b3, b, w);
                    c3 = AvxVnni.MultiplyWideningAndAdd(c3, c, w);
                    code = ref Unsafe.Add(ref code, ConvolutionProgram.EntryLength);
                }
                while (--entries > 0);
            }
            sink.ByOutput(ref output, group, pixel, a0, a1, a2, a3);
            sink.ByOutput(ref output, group, pixel + Pixels, b0, b1, b2, b3);
            sink.ByOutput(ref output, group, pixel + 2 * Pixels, c0, c1, c2, c3);
        }
    }

    /// <summary>Two vectors of pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two<TSink>(
        ref byte input, ref byte output, ConvolutionProgram program, ref TSink sink, int pixel, int group, int endGroup)
        where TSink : struct, IConvolutionSink
    {
        ref byte block = ref Unsafe.Add(ref input, pixel * 4);
        for (; group < endGroup; group++)
        {
            ref int initial = ref program.Initial[group * 4];
            Vector256<int> a0 = Vector256.Create(initial), b0 = a0;
            Vector256<int> a1 = Vector256.Create(Unsafe.Add(ref initial, 1)), b1 = a1;
            Vector256<int> a2 = Vector256.Create(Unsafe.Add(ref initial, 2)), b2 = a2;
            Vector256<int> a3 = Vector256.Create(Unsafe.Add(ref initial, 3)), b3 = a3;
            ref int code = ref program.Code[program.Starts[group]];
            for (int length; (length = code) != 0;)
            {
                int entries = length * Unsafe.Add(ref code, 1);
                code = ref Unsafe.Add(ref code, 2);
                do
                {
                    ref byte quad = ref Unsafe.Add(ref block, code);
                    Vector256<byte> a = Vector256.LoadUnsafe(ref quad);
                    Vector256<byte> b = Vector256.LoadUnsafe(ref quad, Bytes);
                    Vector256<sbyte> w = Vector256.Create(Unsafe.Add(ref code, 1)).AsSByte();
                    a0 = AvxVnni.MultiplyWideningAndAdd(a0, a, w);
                    b0 = AvxVnni.MultiplyWideningAndAdd(b0, b, w);
                    w = Vector256.Create(Unsafe.Add(ref code, 2)).AsSByte();
                    a1 = AvxVnni.MultiplyWideningAndAdd(a1, a, w);
                    b1 = AvxVnni.MultiplyWideningAndAdd(b1, b, w);
                    w = Vector256.Create(Unsafe.Add(ref code, 3)).AsSByte();
                    a2 = AvxVnni.MultiplyWideningAndAdd(a2, a, w);
                    b2 = AvxVnni.MultiplyWideningAndAdd(b2, b, w);
                    w = Vector256.Create(Unsafe.Add(ref code, 4)).AsSByte();
                    a3 = AvxVnni.MultiplyWideningAndAdd(a3, a, w);
                    b3 = AvxVnni.MultiplyWideningAndAdd(b3, b, w);
                    code = ref Unsafe.Add(ref code, ConvolutionProgram.EntryLength);
                }
                while (--entries > 0);
            }
            sink.ByOutput(ref output, group, pixel, a0, a1, a2, a3);
            sink.ByOutput(ref output, group, pixel + Pixels, b0, b1, b2, b3);
        }
    }

    /// <summary>
    /// One vector of pixels. Every other entry has sums of its own, since one set alone would wait for the instruction's latency.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One<TSink>(
        ref byte input, ref byte output, ConvolutionProgram program, ref TSink sink, int pixel, int group, int endGroup)
        where TSink : struct, IConvolutionSink
    {
        ref byte block = ref Unsafe.Add(ref input, pixel * 4);
        for (; group < endGroup; group++)
        {
            ref int initial = ref program.Initial[group * 4];
            Vector256<int> a0 = Vector256.Create(initial), b0 = default;
            Vector256<int> a1 = Vector256.Create(Unsafe.Add(ref initial, 1)), b1 = default;
            Vector256<int> a2 = Vector256.Create(Unsafe.Add(ref initial, 2)), b2 = default;
            Vector256<int> a3 = Vector256.Create(Unsafe.Add(ref initial, 3)), b3 = default;
            ref int code = ref program.Code[program.Starts[group]];
            for (int length; (length = code) != 0;)
            {
                int entries = length * Unsafe.Add(ref code, 1);
                code = ref Unsafe.Add(ref code, 2);
                for (; entries >= 2; entries -= 2)
                {
                    Vector256<byte> q = Vector256.LoadUnsafe(ref Unsafe.Add(ref block, code));
                    a0 = AvxVnni.MultiplyWideningAndAdd(a0, q, Vector256.Create(Unsafe.Add(ref code, 1)).AsSByte());
                    a1 = AvxVnni.MultiplyWideningAndAdd(a1, q, Vector256.Create(Unsafe.Add(ref code, 2)).AsSByte());
                    a2 = AvxVnni.MultiplyWideningAndAdd(a2, q, Vector256.Create(Unsafe.Add(ref code, 3)).AsSByte());
                    a3 = AvxVnni.MultiplyWideningAndAdd(a3, q, Vector256.Create(Unsafe.Add(ref code, 4)).AsSByte());
                    code = ref Unsafe.Add(ref code, ConvolutionProgram.EntryLength);
                    q = Vector256.LoadUnsafe(ref Unsafe.Add(ref block, code));
                    b0 = AvxVnni.MultiplyWideningAndAdd(b0, q, Vector256.Create(Unsafe.Add(ref code, 1)).AsSByte());
                    b1 = AvxVnni.MultiplyWideningAndAdd(b1, q, Vector256.Create(Unsafe.Add(ref code, 2)).AsSByte());
                    b2 = AvxVnni.MultiplyWideningAndAdd(b2, q, Vector256.Create(Unsafe.Add(ref code, 3)).AsSByte());
                    b3 = AvxVnni.MultiplyWideningAndAdd(b3, q, Vector256.Create(Unsafe.Add(ref code, 4)).AsSByte());
                    code = ref Unsafe.Add(ref code, ConvolutionProgram.EntryLength);
                }
                if (entries > 0)
                {
                    Vector256<byte> q = Vector256.LoadUnsafe(ref Unsafe.Add(ref block, code));
                    a0 = AvxVnni.MultiplyWideningAndAdd(a0, q, Vector256.Create(Unsafe.Add(ref code, 1)).AsSByte());
                    a1 = AvxVnni.MultiplyWideningAndAdd(a1, q, Vector256.Create(Unsafe.Add(ref code, 2)).AsSByte());
                    a2 = AvxVnni.MultiplyWideningAndAdd(a2, q, Vector256.Create(Unsafe.Add(ref code, 3)).AsSByte());
                    a3 = AvxVnni.MultiplyWideningAndAdd(a3, q, Vector256.Create(Unsafe.Add(ref code, 4)).AsSByte());
                    code = ref Unsafe.Add(ref code, ConvolutionProgram.EntryLength);
                }
            }
            sink.ByOutput(ref output, group, pixel, a0 + b0, a1 + b1, a2 + b2, a3 + b3);
        }
    }
}
