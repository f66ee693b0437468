using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Where the pixels of a resized axis lie in the original, by one of TensorFlow's three conventions: corner to corner, centres half a
/// pixel inside, or neither, the upper left corners coinciding. In float32, as TensorFlow computes it.
/// </summary>
internal readonly struct PixelCoordinates
{
    private readonly bool _halfPixelCenters;

    /// <param name="input">Pixels of the original.</param>
    /// <param name="output">Pixels of the result.</param>
    /// <param name="alignCorners">The outer pixels coincide.</param>
    /// <param name="halfPixelCenters">The outer edges coincide.</param>
    public PixelCoordinates(int input, int output, bool alignCorners, bool halfPixelCenters)
    {
        Shapes.Require(!alignCorners || !halfPixelCenters, "corners cannot be aligned when pixels have half-pixel centres");
        _halfPixelCenters = halfPixelCenters;
        Scale = alignCorners && output > 1 ? (input - 1) / (float)(output - 1) : input / (float)output;
    }

    /// <summary>Pixels of the original to one of the result.</summary>
    public float Scale { get; }

    /// <summary>Place of a pixel of the result in the original.</summary>
    public float this[int output] => _halfPixelCenters ? (output + 0.5f) * Scale - 0.5f : output * Scale;
}
