using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// The convolution's kernel in portable 128-bit vectors: four pixels a vector. Even and odd channels are multiplied apart, in
/// 16 bits, and added: what VPMADDUBSW does in one instruction.
/// </summary>
internal static class ConvolutionVector128
{
    private const int Pixels = 4;

    /// <summary>Computes a tile, a multiple of 4 pixels.</summary>
    public static void Run<TSink>(ReadOnlySpan<byte> input, Span<byte> output, ConvolutionProgram program, ref TSink sink, in ImageTile tile)
        where TSink : struct, IConvolutionSink
    {
        ref byte source = ref MemoryMarshal.GetReference(input);
        ref byte target = ref MemoryMarshal.GetReference(output);
        for (int pixel = tile.FirstPixel; pixel < tile.EndPixel; pixel += Pixels) One(ref source, ref target, program, ref sink, tile, pixel);
    }

    /// <summary>One vector of pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One<TSink>(ref byte input, ref byte output, ConvolutionProgram program, ref TSink sink, in ImageTile tile, int pixel)
        where TSink : struct, IConvolutionSink
    {
        ref byte block = ref Unsafe.Add(ref input, pixel * 4);
        for (int group = tile.FirstQuad; group < tile.EndQuad; group++)
        {
            ref int initial = ref program.Initial[group * 4];
            Vector128<int> a0 = Vector128.Create(initial);
            Vector128<int> a1 = Vector128.Create(Unsafe.Add(ref initial, 1));
            Vector128<int> a2 = Vector128.Create(Unsafe.Add(ref initial, 2));
            Vector128<int> a3 = Vector128.Create(Unsafe.Add(ref initial, 3));
            ref int code = ref program.Code[program.Starts[group]];
            for (int length; (length = code) != 0;)
            {
                int runs = Unsafe.Add(ref code, 1);
                code = ref Unsafe.Add(ref code, 2);
                do
                {
                    Vector128<short> s0 = default, s1 = default, s2 = default, s3 = default;
                    for (int more = length; more > 0; more--)
                    {
                        Vector128<ushort> a = Vector128.LoadUnsafe(ref Unsafe.Add(ref block, code)).AsUInt16();
                        Vector128<short> even = (a & Vector128.Create((ushort)0xFF)).AsInt16();
                        Vector128<short> odd = (a >> 8).AsInt16();
                        s0 += Products(even, odd, Unsafe.Add(ref code, 1));
                        s1 += Products(even, odd, Unsafe.Add(ref code, 2));
                        s2 += Products(even, odd, Unsafe.Add(ref code, 3));
                        s3 += Products(even, odd, Unsafe.Add(ref code, 4));
                        code = ref Unsafe.Add(ref code, ConvolutionProgram.EntryLength);
                    }
                    a0 += PairSums(s0);
                    a1 += PairSums(s1);
                    a2 += PairSums(s2);
                    a3 += PairSums(s3);
                }
                while (--runs > 0);
            }
            sink.ByOutput(ref output, group, pixel, a0, a1, a2, a3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Products(Vector128<short> even, Vector128<short> odd, int weights)
    {
        Vector128<short> quad = Vector128.Create(weights).AsInt16();
        return even * (quad << 8 >> 8) + odd * (quad >> 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> PairSums(Vector128<short> sums) => (sums.AsInt32() << 16 >> 16) + (sums.AsInt32() >> 16);
}
