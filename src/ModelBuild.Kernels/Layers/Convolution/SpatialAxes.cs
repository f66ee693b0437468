using System;

namespace ModelBuild.Kernels;

/// <summary>The three spatial axes of an array [batch, spatial axes, channels] of one to three; missing ones have one place.</summary>
/// <param name="Depth">Outermost axis.</param>
/// <param name="Height">Middle axis.</param>
/// <param name="Width">Innermost axis.</param>
internal readonly record struct SpatialAxes(SpatialAxis Depth, SpatialAxis Height, SpatialAxis Width)
{
    /// <summary>Taps of a window.</summary>
    public int Window => Depth.Window * Height.Window * Width.Window;

    /// <summary>Pixels of an input image.</summary>
    public int Inputs => Depth.Input * Height.Input * Width.Input;

    /// <summary>Pixels of an output image.</summary>
    public int Outputs => Depth.Output * Height.Output * Width.Output;

    /// <summary>From shapes and a number for each spatial axis.</summary>
    /// <param name="input">[batch, spatial axes, channels].</param>
    /// <param name="output">[batch, spatial axes, channels].</param>
    /// <param name="window">Taps.</param>
    /// <param name="strides">See <see cref="SpatialAxis"/>.</param>
    /// <param name="dilations">See <see cref="SpatialAxis"/>.</param>
    /// <param name="pads">See <see cref="SpatialAxis"/>.</param>
    /// <param name="transposed">See <see cref="SpatialAxis"/>.</param>
    public static SpatialAxes Of(
        ReadOnlySpan<int> input, ReadOnlySpan<int> output, ReadOnlySpan<int> window, ReadOnlySpan<int> strides, ReadOnlySpan<int> dilations,
        ReadOnlySpan<int> pads, bool transposed)
    {
        int rank = input.Length - 2;
        Shapes.Require(
            rank is > 0 and <= 3 && output.Length == input.Length && window.Length == rank && strides.Length == rank &&
            dilations.Length == rank && pads.Length == rank, "shapes and window have not the same one to three spatial axes");
        Span<SpatialAxis> axes = stackalloc SpatialAxis[3];
        axes.Fill(SpatialAxis.Single);
        for (int i = 0; i < rank; i++)
        {
            Shapes.Require(window[i] > 0 && strides[i] > 0 && dilations[i] > 0, "a window, stride or dilation is not positive");
            axes[3 - rank + i] = new SpatialAxis(input[i + 1], output[i + 1], window[i], strides[i], dilations[i], pads[i], transposed);
        }
        return new SpatialAxes(axes[0], axes[1], axes[2]);
    }

    /// <summary>The taps of an output pixel under which an input lies.</summary>
    /// <param name="output">Number of the output pixel, row-major.</param>
    public SpatialTaps TapsOf(int output)
    {
        (int rows, int x) = Math.DivRem(output, Width.Output);
        (int z, int y) = Math.DivRem(rows, Height.Output);
        return new SpatialTaps(this, z, y, x);
    }
}
