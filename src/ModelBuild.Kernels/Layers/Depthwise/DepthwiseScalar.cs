using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>The depthwise convolution's kernel in plain C#: what the other variants must equal.</summary>
internal static class DepthwiseScalar
{
    /// <summary>Computes a tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TSink>(ReadOnlySpan<byte> input, Span<byte> output, DepthwiseProgram program, in TSink sink, in ImageTile tile)
        where TSink : struct, IConvolutionSink
    {
        Span<int> sums = stackalloc int[4];
        for (int quad = tile.FirstQuad; quad < tile.EndQuad; quad++)
        {
            for (int pixel = tile.FirstPixel; pixel < tile.EndPixel; pixel++)
            {
                program.Initial.AsSpan(quad * 4, 4).CopyTo(sums);
                ReadOnlySpan<int> code = program.Code.AsSpan(program.Starts[quad]);
                while (code[0] != 0)
                {
                    int length = code[0] * DepthwiseProgram.PairLength;
                    ReadOnlySpan<short> starts = MemoryMarshal.Cast<int, short>(code.Slice(1));
                    for (int channel = 0; channel < 4; channel++) sums[channel] += starts[channel] + starts[channel + 4];
                    ReadOnlySpan<int> pairs = code.Slice(DepthwiseProgram.HeaderLength, length);
                    code = code.Slice(DepthwiseProgram.HeaderLength + length);
                    for (; pairs.Length > 0; pairs = pairs.Slice(DepthwiseProgram.PairLength)) AddPair(sums, input.Slice(pixel * 4), pairs);
                }
                sink.Finish(ref MemoryMarshal.GetReference(output), quad, pixel, sums[0], sums[1], sums[2], sums[3]);
            }
        }
    }

    private static void AddPair(Span<int> sums, ReadOnlySpan<byte> input, ReadOnlySpan<int> pair)
    {
        ReadOnlySpan<byte> first = input.Slice(pair[0], 4);
        ReadOnlySpan<byte> second = input.Slice(pair[1], 4);
        for (int channel = 0; channel < 4; channel++)
        {
            int weights = pair[2 + channel / 2] >> (channel % 2 * 16);
            sums[channel] += first[channel] * (sbyte)weights + second[channel] * (sbyte)(weights >> 8);
        }
    }
}
