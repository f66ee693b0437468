using System;

namespace ModelBuild.Kernels;

/// <summary>
/// The units of a convolution's work: pixels where these are many and outputs few, so that each thread reads its part of the input and all
/// weights; else quads of outputs, so that it reads its part of the weights and all of the input.
/// </summary>
internal readonly struct ConvolutionUnits
{
    /// <summary>Pixels of a unit: whole blocks of two or three vectors of any kernel.</summary>
    private const int UnitPixels = 96;

    private readonly int _quads;
    private readonly int _pixels;
    private readonly bool _byPixels;

    /// <param name="quads">Groups of four outputs.</param>
    /// <param name="pixels">Pixels to compute, the ones between rows included.</param>
    public ConvolutionUnits(int quads, int pixels)
    {
        _quads = quads;
        _pixels = pixels;
        int units = (pixels + UnitPixels - 1) / UnitPixels;
        _byPixels = units >= quads;
        Count = _byPixels ? units : quads;
    }

    /// <summary>Number of units.</summary>
    public int Count { get; }

    /// <summary>What the units <paramref name="first"/> .. <paramref name="end"/> - 1 are.</summary>
    public ImageTile Tile(int first, int end) => _byPixels
        ? new ImageTile(0, _quads, first * UnitPixels, Math.Min(end * UnitPixels, _pixels))
        : new ImageTile(first, end, 0, _pixels);
}
