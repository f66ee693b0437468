using System;

namespace ModelBuild.Kernels;

/// <summary>Runs a convolution's kernel of the chosen variant, and the scalar one where whole vectors would leave the buffers.</summary>
internal static class ConvolutionKernels
{
    /// <summary>True if <paramref name="variant"/> sums in 16 bits and needs a program with runs.</summary>
    public static bool NeedsSums16(KernelVariant variant) => variant is KernelVariant.Vector128 or KernelVariant.Avx2 or KernelVariant.Avx512;

    /// <param name="variant">An instruction set of this CPU.</param>
    /// <param name="input">The input image or its phases.</param>
    /// <param name="output">The buffer that <paramref name="sink"/> writes.</param>
    /// <param name="program">The layer's program.</param>
    /// <param name="sink">What becomes of the accumulators.</param>
    /// <param name="vectorPixels">Pixels for vectors, a multiple of 16 that may exceed the image.</param>
    /// <param name="tile">What to compute.</param>
    public static void Run<TSink>(
        KernelVariant variant, ReadOnlySpan<byte> input, Span<byte> output, ConvolutionProgram program, in TSink sink, int vectorPixels,
        ImageTile tile)
        where TSink : struct, IConvolutionSink
    {
        // Kernels take a reference: of an argument "in" each call makes a copy, and a copy of theirs takes the registers of sums.
        TSink finish = sink;
        int end = tile.EndPixel;
        // Half a vector of sixteen pixels counts in small images: 7x7 ones take 56 pixels instead of 64.
        int vector = variant is KernelVariant.AvxVnni or KernelVariant.ArmDp ? 8 : 16;
        vectorPixels = Math.Min(vectorPixels, (end + vector - 1) / vector * vector);
        tile = tile with { EndPixel = vectorPixels };
        switch (variant)
        {
            case KernelVariant.Avx512: ConvolutionAvx512.Run(input, output, program, ref finish, tile); break;
            case KernelVariant.AvxVnni: ConvolutionAvxVnni.Run(input, output, program, ref finish, tile); break;
            case KernelVariant.ArmDp: ConvolutionArmDp.Run(input, output, program, ref finish, tile); break;
            case KernelVariant.Avx2: ConvolutionAvx2.Run(input, output, program, ref finish, tile); break;
            case KernelVariant.Vector128: ConvolutionVector128.Run(input, output, program, ref finish, tile); break;
            default: vectorPixels = 0; break;
        }
        if (vectorPixels < end)
        {
            ImageTile rest = tile with { FirstPixel = Math.Max(vectorPixels, tile.FirstPixel), EndPixel = end };
            ConvolutionScalar.Run(input, output, program, ref finish, rest);
        }
    }
}
