using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>The convolution's kernel in plain C#: what the other variants must equal.</summary>
internal static class ConvolutionScalar
{
    /// <summary>Computes a tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TSink>(ReadOnlySpan<byte> input, Span<byte> output, ConvolutionProgram program, ref TSink sink, in ImageTile tile)
        where TSink : struct, IConvolutionSink
    {
        for (int group = tile.FirstQuad; group < tile.EndQuad; group++)
        {
            for (int pixel = tile.FirstPixel; pixel < tile.EndPixel; pixel++)
            {
                ReadOnlySpan<int> code = program.Code.AsSpan(program.Starts[group]);
                ReadOnlySpan<int> initial = program.Initial.AsSpan(group * 4, 4);
                int sum0 = initial[0], sum1 = initial[1], sum2 = initial[2], sum3 = initial[3];
                while (code[0] != 0)
                {
                    int length = code[0] * code[1] * ConvolutionProgram.EntryLength;
                    ReadOnlySpan<int> entries = code.Slice(2, length);
                    code = code.Slice(2 + length);
                    for (; entries.Length > 0; entries = entries.Slice(ConvolutionProgram.EntryLength))
                    {
                        ReadOnlySpan<byte> quad = input.Slice(entries[0] + pixel * 4, 4);
                        sum0 += Product(quad, entries[1]);
                        sum1 += Product(quad, entries[2]);
                        sum2 += Product(quad, entries[3]);
                        sum3 += Product(quad, entries[4]);
                    }
                }
                sink.Finish(ref MemoryMarshal.GetReference(output), group, pixel, sum0, sum1, sum2, sum3);
            }
        }
    }

    private static int Product(ReadOnlySpan<byte> quad, int weights) =>
        quad[0] * (sbyte)weights + quad[1] * (sbyte)(weights >> 8) + quad[2] * (sbyte)(weights >> 16) + quad[3] * (weights >> 24);
}
