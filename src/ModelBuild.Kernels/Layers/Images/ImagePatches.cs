using System;

namespace ModelBuild.Kernels;

/// <summary>Puts the pixels of each window into the channels of one pixel, zeros for those outside: TensorFlow's ExtractImagePatches.</summary>
internal static class ImagePatches
{
    /// <summary>Copies.</summary>
    /// <param name="source">Input, [batch][pixels][channels].</param>
    /// <param name="axes">Geometry.</param>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="destination">Output, [batch][pixels][taps][channels].</param>
    public static void Run<T>(ReadOnlySpan<T> source, SpatialAxes axes, int channels, Span<T> destination)
    {
        int taps = axes.Taps;
        if (channels == 0) return;
        for (int part = 0; part < destination.Length / channels; part++)
        {
            (int pixel, int tap) = Math.DivRem(part, taps);
            (int image, int place) = Math.DivRem(pixel, axes.Outputs);
            int from = axes.Source(place, tap);
            Span<T> to = destination.Slice(part * channels, channels);
            if (from < 0) to.Fill(default!);
            else source.Slice((image * axes.Inputs + from) * channels, channels).CopyTo(to);
        }
    }
}

/// <inheritdoc cref="ImagePatches"/>
/// <typeparam name="T">Element type.</typeparam>
/// <param name="input">[batch, height, width, channels].</param>
/// <param name="output">[batch, height, width, window height * window width * channels].</param>
/// <param name="window">Rows and columns of the window.</param>
/// <param name="strides">Rows and columns from one window to the next.</param>
/// <param name="dilations">Rows and columns from one tap to the next.</param>
/// <param name="pads">Rows and columns of the first window that lie outside.</param>
internal sealed class ImagePatches<T>(
    FlatBuffer<T> input, FlatBuffer<T> output, int[] window, int[] strides, int[] dilations, int[] pads) : Layer
    where T : unmanaged
{
    private readonly SpatialAxes _axes = SpatialAxes.Of(input.Shape, output.Shape, window, strides, dilations, pads, false);

    public override void Run(Workspace workspace) =>
        ImagePatches.Run<T>(workspace.Elements(input), _axes, input.Shape[^1], workspace.Elements(output));
}
