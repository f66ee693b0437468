using System;

namespace ModelBuild.Kernels;

/// <summary>
/// How bytes of a picture become a network's input: channel c is <c>order[c]</c> of the picture's channels, and byte b becomes
/// the float <c>b * scale[c] + offset[c]</c>, one multiplication and one addition, each rounded.
/// </summary>
internal sealed class PixelPreprocessing
{
    private readonly float[] _scale;
    private readonly float[] _offset;
    private readonly int[] _order;

    /// <param name="channels">Channels of the network's input and of the picture.</param>
    /// <param name="scale">A factor a channel, or one for all, or none for 1.</param>
    /// <param name="offset">An addend a channel, or one for all, or none for 0.</param>
    /// <param name="order">The picture's channel for each channel; empty to keep the order.</param>
    public PixelPreprocessing(int channels, float[] scale, float[] offset, int[] order)
    {
        Channels = channels;
        BufferChecks.Require(scale.Length <= 1 || scale.Length == channels, "a pixel scale a channel, or one, or none");
        BufferChecks.Require(offset.Length <= 1 || offset.Length == channels, "a pixel offset a channel, or one, or none");
        BufferChecks.Require(order.Length == 0 || order.Length == channels, "a pixel order for each channel or none");
        foreach (int channel in order) BufferChecks.Require((uint)channel < (uint)channels, "pixel order names a channel that is not there");
        _scale = scale;
        _offset = offset;
        _order = order;
    }

    /// <summary>Channels of the network's input.</summary>
    public int Channels { get; }

    /// <summary>The picture's channel that becomes <paramref name="channel"/>.</summary>
    public int Source(int channel) => _order.Length == 0 ? channel : _order[channel];

    /// <summary>The float that byte <paramref name="value"/> becomes in the network's <paramref name="channel"/>.</summary>
    public float ToFloat(byte value, int channel) => value * Entry(_scale, channel, 1) + Entry(_offset, channel, 0);

    private static float Entry(float[] values, int channel, float none) => values.Length switch
    {
        0 => none,
        1 => values[0],
        _ => values[channel],
    };
}
