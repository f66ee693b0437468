using System;

namespace ModelBuild.Kernels;

/// <summary>Puts the pixels of each window into the channels of one, zeros for those outside: TensorFlow's ExtractImagePatches.</summary>
internal static class ImagePatches
{
    /// <summary>Copies.</summary>
    /// <param name="source">Input, [batch][pixels][channels].</param>
    /// <param name="axes">Geometry.</param>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="destination">Output, [batch][pixels][taps][channels].</param>
    public static void Run<T>(ReadOnlySpan<T> source, SpatialAxes axes, int channels, Span<T> destination)
    {
        destination.Fill(default!);
        int length = axes.Window * channels;
        for (int pixel = 0; pixel < destination.Length / Math.Max(length, 1); pixel++)
        {
            (int image, int place) = Math.DivRem(pixel, axes.Outputs);
            Span<T> patch = destination.Slice(pixel * length, length);
            for (SpatialTaps taps = axes.TapsOf(place); taps.Next();)
                source.Slice((image * axes.Inputs + taps.Source) * channels, channels).CopyTo(patch.Slice(taps.Tap * channels));
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
