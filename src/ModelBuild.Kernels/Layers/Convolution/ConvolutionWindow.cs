using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Where a convolution's taps fall. Over the phases of its input (<see cref="SplitPhases"/>) a strided convolution has stride
/// 1, so every tap is a constant distance from the output's pixel to the input's.
/// </summary>
internal readonly struct ConvolutionWindow
{
    private readonly int _dilationHeight;
    private readonly int _dilationWidth;
    private readonly int _padTop;
    private readonly int _padLeft;

    public ConvolutionWindow(
        int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int dilationHeight, int dilationWidth, int padTop, int padLeft)
    {
        if (kernelHeight < 1 || kernelWidth < 1 || strideHeight < 1 || strideWidth < 1 || dilationHeight < 1 || dilationWidth < 1)
            throw new ArgumentOutOfRangeException(nameof(kernelHeight), "Kernel, stride and dilation must be positive.");
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
        StrideHeight = strideHeight;
        StrideWidth = strideWidth;
        _dilationHeight = dilationHeight;
        _dilationWidth = dilationWidth;
        _padTop = padTop;
        _padLeft = padLeft;
    }

    public int KernelHeight { get; }
    public int KernelWidth { get; }
    public int StrideHeight { get; }
    public int StrideWidth { get; }

    /// <summary>True if the rows under the kernel are neighbours, and those under the next row of the output a row further down.</summary>
    public bool HasAdjacentRows => StrideHeight == 1 && _dilationHeight == 1;

    /// <summary>Number of taps, KernelHeight * KernelWidth.</summary>
    public int Taps => KernelHeight * KernelWidth;

    /// <summary>The quad of pixel (0, 0) of the output's counterpart under a tap, for the first four channels.</summary>
    /// <param name="input">The input, split into phases unless the stride is 1.</param>
    /// <param name="tap">ky * KernelWidth + kx.</param>
    /// <param name="quads">Quads of the unsplit input.</param>
    /// <returns>A byte offset in the buffer; quad q of the same pixel lies q * Size * 4 bytes further.</returns>
    public int TapOffset(ImageBuffer input, int tap, int quads)
    {
        (int ky, int kx) = Math.DivRem(tap, KernelWidth);
        (int rows, int phaseY) = FloorDivide(ky * _dilationHeight - _padTop, StrideHeight);
        (int columns, int phaseX) = FloorDivide(kx * _dilationWidth - _padLeft, StrideWidth);
        int phase = phaseY * StrideWidth + phaseX;
        int pixel = input.Origin + rows * input.Pitch + columns;
        if (pixel < 0) throw new ArgumentException($"Tap ({ky}, {kx}) lies before the plane: the origin leaves too little border.", nameof(input));
        return (phase * quads * input.Size + pixel) * 4;
    }

    /// <summary>Checks that the input has the quads that <paramref name="channels"/> channels need, in every phase.</summary>
    /// <returns>Quads of the unsplit input.</returns>
    public int CheckedQuads(ImageBuffer input, int channels)
    {
        int quads = (channels + 3) / 4;
        if (input.Quads != quads * StrideHeight * StrideWidth)
            throw new ArgumentException($"{channels} channels with stride {StrideHeight}x{StrideWidth} do not make {input.Quads} quads.", nameof(input));
        return quads;
    }

    /// <summary>How many pixels, a multiple of 16, vectors may process, reading and writing whole vectors inside the buffers.</summary>
    /// <param name="input">The input or its phases.</param>
    /// <param name="lastOffset">Greatest byte offset of the first output pixel's input quads.</param>
    /// <param name="span">Pixels to compute.</param>
    /// <param name="writable">Pixels that may be written.</param>
    public static int VectorPixels(ImageBuffer input, int lastOffset, int span, int writable)
    {
        const int Vector = 16;
        int readable = (input.Bytes - lastOffset) / 4;
        if (readable < span) throw new ArgumentException("The input's planes are too small for the kernel's reach.", nameof(input));
        int padded = (span + Vector - 1) / Vector * Vector;
        return padded <= readable && padded <= writable ? padded : span / Vector * Vector;
    }

    private static (int Quotient, int Remainder) FloorDivide(int value, int divisor)
    {
        int remainder = value % divisor;
        if (remainder < 0) remainder += divisor;
        return ((value - remainder) / divisor, remainder);
    }
}
