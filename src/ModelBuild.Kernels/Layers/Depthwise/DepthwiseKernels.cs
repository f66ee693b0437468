using System;

namespace ModelBuild.Kernels;

/// <summary>Runs a depthwise convolution's kernel of the chosen variant, and the scalar one where whole vectors would leave the buffers.</summary>
internal static class DepthwiseKernels
{
    /// <summary>What a layer costs, in multiply-adds of a convolution, of which three or four take as long as one here.</summary>
    /// <param name="weights">Weights of the layer.</param>
    /// <param name="pixels">Pixels of the output.</param>
    public static long Work(int weights, int pixels) => 4L * weights * pixels;

    /// <param name="variant">An instruction set of this CPU; <see cref="KernelVariant.AvxVnni"/> has no kernel for pairs of its own.</param>
    /// <param name="input">The input image or its phases.</param>
    /// <param name="output">The buffer that <paramref name="sink"/> writes.</param>
    /// <param name="program">The layer's program.</param>
    /// <param name="sink">What becomes of the accumulators.</param>
    /// <param name="vectorPixels">Pixels for vectors, a multiple of 16 that may exceed the tile.</param>
    /// <param name="tile">What to compute.</param>
    public static void Run<TSink>(
        KernelVariant variant, ReadOnlySpan<byte> input, Span<byte> output, DepthwiseProgram program, in TSink sink, int vectorPixels,
        ImageTile tile)
        where TSink : struct, IConvolutionSink
    {
        int span = tile.EndPixel;
        tile = tile with { EndPixel = vectorPixels };
        switch (variant)
        {
            case KernelVariant.Avx512:
            case KernelVariant.AvxVnni when KernelVariants.IsSupported(KernelVariant.Avx512):
                DepthwiseAvx512.Run(input, output, program, sink, tile);
                break;
            case KernelVariant.AvxVnni or KernelVariant.Avx2: DepthwiseAvx2.Run(input, output, program, sink, tile); break;
            case KernelVariant.Vector128: DepthwiseVector128.Run(input, output, program, sink, tile); break;
            default: vectorPixels = 0; break;
        }
        if (vectorPixels < span)
            DepthwiseScalar.Run(input, output, program, sink, tile with { FirstPixel = vectorPixels, EndPixel = span });
    }
}
