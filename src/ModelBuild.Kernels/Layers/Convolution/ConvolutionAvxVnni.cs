using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>The convolution's kernel with 256-bit VPDPBUSD, whose sums are exact: eight pixels a vector, no runs.</summary>
internal static class ConvolutionAvxVnni
{
    private const int Pixels = 8;
    private const int Bytes = Pixels * 4;

    /// <summary>Computes pixels <paramref name="first"/> .. <paramref name="end"/> - 1, a multiple of 16, of all outputs.</summary>
    public static void Run<TSink>(ReadOnlySpan<byte> input, Span<byte> output, ConvolutionProgram program, in TSink sink, int first, int end)
        where TSink : struct, IConvolutionSink
    {
        ref byte source = ref MemoryMarshal.GetReference(input);
        ref byte target = ref MemoryMarshal.GetReference(output);
        for (int pixel = first; pixel < end; pixel += 2 * Pixels) Two(ref source, ref target, program, sink, pixel);
    }

    /// <summary>Two vectors of pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two<TSink>(ref byte input, ref byte output, ConvolutionProgram program, TSink sink, int pixel)
        where TSink : struct, IConvolutionSink
    {
        ref byte block = ref Unsafe.Add(ref input, pixel * 4);
        for (int group = 0; group < program.Starts.Length; group++)
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
}
