using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Some pixels of a row and some of their channels. Enumerated in turn they cover an image, each block being contiguous in
/// channels-last order and no longer than <see cref="ChannelsLast.BlockBytes"/>.
/// </summary>
/// <param name="Y">Row.</param>
/// <param name="X">First pixel of the row.</param>
/// <param name="Pixels">Number of pixels; 1 if the block does not have all channels.</param>
/// <param name="Channel">First channel, a multiple of four.</param>
/// <param name="Channels">Number of channels.</param>
internal readonly record struct PixelBlock(int Y, int X, int Pixels, int Channel, int Channels)
{
    /// <summary>Number of elements.</summary>
    public int Length => Pixels * Channels;

    /// <summary>The first block of an image.</summary>
    public static PixelBlock First(ImageBuffer image)
    {
        int channels = Math.Min(image.Channels, ChannelsLast.BlockBytes);
        return new PixelBlock(0, 0, Math.Min(image.Width, ChannelsLast.BlockBytes / channels), 0, channels);
    }

    /// <summary>The block after this one; beyond the last row when there is none (<see cref="Y"/> is the height).</summary>
    public PixelBlock Next(ImageBuffer image)
    {
        int channel = Channel + Channels;
        if (channel < image.Channels) return this with { Channel = channel, Channels = Math.Min(ChannelsLast.BlockBytes, image.Channels - channel) };
        PixelBlock first = First(image);
        int x = X + Pixels;
        return x < image.Width
            ? first with { Y = Y, X = x, Pixels = Math.Min(first.Pixels, image.Width - x) }
            : first with { Y = Y + 1 };
    }

    /// <summary>Index of the block's first element in channels-last order.</summary>
    public int Start(ImageBuffer image) => (Y * image.Width + X) * image.Channels + Channel;
}
