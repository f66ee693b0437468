using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// What <see cref="ConvolutionAvxVnni"/> does instead where there is AVX-512: VPDPBUSD has 32 registers then, sixteen for sums (four outputs of
/// four vectors of pixels), and the sums of two vectors are finished as one.
/// </summary>
internal static class ConvolutionAvxVnni512
{
    private const int Pixels = 8;
    private const int Bytes = Pixels * 4;

    /// <summary>True if this CPU has the instructions, and of so many vectors of pixels four can go without leaving one or two behind threes.</summary>
    public static bool Takes(int vectors) => Avx512BW.IsSupported && vectors >= 4 && vectors is not (5 or 6 or 9);

    /// <summary>Four vectors of pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Four<TSink>(
        ref byte input, ref byte output, ConvolutionProgram program, ref TSink sink, int pixel, int group, int endGroup)
        where TSink : struct, IConvolutionSink
    {
        ref byte block = ref Unsafe.Add(ref input, pixel * 4);
        for (; group < endGroup; group++)
        {
            ref int initial = ref program.Initial[group * 4];
            Vector256<int> a0 = Vector256.Create(initial), b0 = a0, c0 = a0, d0 = a0;
            Vector256<int> a1 = Vector256.Create(Unsafe.Add(ref initial, 1)), b1 = a1, c1 = a1, d1 = a1;
            Vector256<int> a2 = Vector256.Create(Unsafe.Add(ref initial, 2)), b2 = a2, c2 = a2, d2 = a2;
            Vector256<int> a3 = Vector256.Create(Unsafe.Add(ref initial, 3)), b3 = a3, c3 = a3, d3 = a3;
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
                    Vector256<byte> d = Vector256.LoadUnsafe(ref quad, 3 * Bytes);
                    Vector256<sbyte> w = Vector256.Create(Unsafe.Add(ref code, 1)).AsSByte();
                    a0 = AvxVnni.MultiplyWideningAndAdd(a0, a, w);
                    b0 = AvxVnni.MultiplyWideningAndAdd(b0, b, w);
                    c0 = AvxVnni.MultiplyWideningAndAdd(c0, c, w);
                    d0 = AvxVnni.MultiplyWideningAndAdd(d0, d, w);
                    w = Vector256.Create(Unsafe.Add(ref code, 2)).AsSByte();
                    a1 = AvxVnni.MultiplyWideningAndAdd(a1, a, w);
                    b1 = AvxVnni.MultiplyWideningAndAdd(b1, b, w);
                    c1 = AvxVnni.MultiplyWideningAndAdd(c1, c, w);
                    d1 = AvxVnni.MultiplyWideningAndAdd(d1, d, w);
                    w = Vector256.Create(Unsafe.Add(ref code, 3)).AsSByte();
                    a2 = AvxVnni.MultiplyWideningAndAdd(a2, a, w);
                    b2 = AvxVnni.MultiplyWideningAndAdd(b2, b, w);
                    c2 = AvxVnni.MultiplyWideningAndAdd(c2, c, w);
                    d2 = AvxVnni.MultiplyWideningAndAdd(d2, d, w);
                    w = Vector256.Create(Unsafe.Add(ref code, 4)).AsSByte();
                    a3 = AvxVnni.MultiplyWideningAndAdd(a3, a, w);
                    b3 = AvxVnni.MultiplyWideningAndAdd(b3, b, w);
                    c3 = AvxVnni.MultiplyWideningAndAdd(c3, c, w);
                    d3 = AvxVnni.MultiplyWideningAndAdd(d3, d, w);
                    code = ref Unsafe.Add(ref code, ConvolutionProgram.EntryLength);
                }
                while (--entries > 0);
            }
            sink.ByOutput(
                ref output, group, pixel,
                VectorHalves.Join(a0, b0), VectorHalves.Join(a1, b1), VectorHalves.Join(a2, b2), VectorHalves.Join(a3, b3));
            sink.ByOutput(
                ref output, group, pixel + 2 * Pixels,
                VectorHalves.Join(c0, d0), VectorHalves.Join(c1, d1), VectorHalves.Join(c2, d2), VectorHalves.Join(c3, d3));
        }
    }
}
