using System;

namespace ModelBuild.Kernels;

/// <summary>Runs a depthwise convolution's kernel of the chosen variant, and the scalar one where whole vectors would leave the buffers.</summary>
internal static class DepthwiseKernels
{
    /// <param name="variant">An instruction set of this CPU; there is none of its own for <see cref="KernelVariant.AvxVnni"/>.</param>
    /// <param name="input">The input image or its phases.</param>
    /// <param name="output">The buffer that <paramref name="sink"/> writes.</param>
    /// <param name="program">The layer's program.</param>
    /// <param name="sink">What becomes of the accumulators.</param>
    /// <param name="vectorPixels">Pixels for vectors, a multiple of 16 that may exceed the span.</param>
    /// <param name="span">Pixels to compute.</param>
    public static void Run<TSink>(
        KernelVariant variant, ReadOnlySpan<byte> input, Span<byte> output, DepthwiseProgram program, in TSink sink, int vectorPixels, int span)
        where TSink : struct, IConvolutionSink
    {
        switch (variant)
        {
            case KernelVariant.Avx512: DepthwiseAvx512.Run(input, output, program, sink, 0, vectorPixels); break;
            case KernelVariant.AvxVnni or KernelVariant.Avx2: DepthwiseAvx2.Run(input, output, program, sink, 0, vectorPixels); break;
            case KernelVariant.Vector128: DepthwiseVector128.Run(input, output, program, sink, 0, vectorPixels); break;
            default: vectorPixels = 0; break;
        }
        if (vectorPixels < span) DepthwiseScalar.Run(input, output, program, sink, vectorPixels, span);
    }
}
