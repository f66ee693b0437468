using System;

namespace ModelBuild.Kernels;

/// <summary>The window of a pool: its size, how it moves, and how far the first one reaches outside the image.</summary>
/// <param name="Height">Rows of the window.</param>
/// <param name="Width">Pixels of its rows.</param>
/// <param name="StrideHeight">Rows from one window to the next.</param>
/// <param name="StrideWidth">Pixels from one window to the next.</param>
/// <param name="PadTop">Rows of the first window that lie outside.</param>
/// <param name="PadLeft">Pixels of the first window's rows that lie outside.</param>
internal readonly record struct PoolWindow(int Height, int Width, int StrideHeight, int StrideWidth, int PadTop, int PadLeft)
{
    /// <summary>Input rows [First, End) under output row <paramref name="y"/>.</summary>
    public (int First, int End) Rows(int y, int height) => Clip(y * StrideHeight - PadTop, Height, height);

    /// <summary>Input columns [First, End) under output column <paramref name="x"/>.</summary>
    public (int First, int End) Columns(int x, int width) => Clip(x * StrideWidth - PadLeft, Width, width);

    /// <summary>Throws unless every window of the output covers a pixel of the input.</summary>
    public void Check(int inputHeight, int inputWidth, int outputHeight, int outputWidth)
    {
        BufferChecks.Require(Height > 0 && Width > 0 && StrideHeight > 0 && StrideWidth > 0, "windows and strides are positive");
        BufferChecks.Require(
            Covers(Rows(0, inputHeight)) && Covers(Rows(outputHeight - 1, inputHeight)) &&
            Covers(Columns(0, inputWidth)) && Covers(Columns(outputWidth - 1, inputWidth)),
            "a pool's window lies outside the image");
    }

    private static (int First, int End) Clip(int first, int length, int size) => (Math.Max(first, 0), Math.Min(first + length, size));

    private static bool Covers((int First, int End) range) => range.First < range.End;
}
