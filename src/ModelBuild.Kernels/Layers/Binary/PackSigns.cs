using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>The signs of an image of floats around a threshold a channel as bits: 1 where <c>x &gt;= threshold</c>. See <see cref="SignWindow"/>.</summary>
internal sealed class PackSigns : Layer
{
    private const uint Mask = (1 << SignWindow.Channels) - 1;

    private readonly FlatBuffer<float> _input;
    private readonly FlatBuffer<byte> _output;
    private readonly float[] _thresholds;
    private readonly int _height;
    private readonly int _width;
    private readonly int _first;
    private readonly int _pitch;

    /// <param name="input">[1, height, width, channels].</param>
    /// <param name="output">The bytes of a <see cref="SignWindow"/>.</param>
    /// <param name="thresholds">[channels].</param>
    /// <param name="padTop">Rows of the border above the image.</param>
    /// <param name="padLeft">Columns of the border left of the image.</param>
    /// <param name="pitch">Pixels of a row, border included.</param>
    public PackSigns(FlatBuffer<float> input, FlatBuffer<byte> output, float[] thresholds, int padTop, int padLeft, int pitch)
    {
        BufferChecks.Image(input);
        _input = input;
        _output = output;
        _thresholds = thresholds;
        _height = input.Shape[1];
        _width = input.Shape[2];
        BufferChecks.Require(thresholds.Length == input.Shape[3], "there is not one threshold a channel");
        BufferChecks.Require(padTop >= 0 && padLeft >= 0 && padLeft + _width <= pitch, "a row of signs does not hold the image");
        int pixelBytes = (thresholds.Length + SignWindow.Channels - 1) / SignWindow.Channels;
        BufferChecks.Require((padTop + _height) * pitch * pixelBytes <= output.Length, "the signs do not fit their array");
        _first = (padTop * pitch + padLeft) * pixelBytes;
        _pitch = pitch * pixelBytes;
    }

    /// <inheritdoc/>
    public override void Run(Workspace workspace)
    {
        ReadOnlySpan<float> input = workspace.Elements(_input);
        Span<byte> output = workspace.Elements(_output);
        output.Clear();
        int length = _width * _thresholds.Length;
        for (int row = 0; row < _height; row++)
            Pack(input.Slice(row * length, length), _thresholds, output.Slice(_first + row * _pitch));
    }

    private static void Pack(ReadOnlySpan<float> pixels, ReadOnlySpan<float> thresholds, Span<byte> bits)
    {
        int channels = thresholds.Length, write = 0;
        for (; pixels.Length > 0; pixels = pixels.Slice(channels))
        {
            int channel = 0;
            for (; channel <= channels - Vector256<float>.Count; channel += SignWindow.Channels)
                bits[write++] = (byte)(Eight(pixels, thresholds, channel) & Mask);
            if (channel == channels) continue;
            // Less than eight, at the end of the last eight where there are so many.
            int count = channels - channel;
            uint rest = channels < Vector256<float>.Count ? Few(pixels, thresholds)
                : Eight(pixels, thresholds, channels - Vector256<float>.Count) >> Vector256<float>.Count - count;
            bits[write++] = (byte)(rest & Mask);
            if (count > SignWindow.Channels) bits[write++] = (byte)(rest >> SignWindow.Channels);
        }
    }

    private static uint Eight(ReadOnlySpan<float> pixel, ReadOnlySpan<float> thresholds, int channel) => Vector256.GreaterThanOrEqual(
        Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(pixel), (nuint)channel),
        Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(thresholds), (nuint)channel)).ExtractMostSignificantBits();

    private static uint Few(ReadOnlySpan<float> pixel, ReadOnlySpan<float> thresholds)
    {
        uint bits = 0;
        for (int channel = 0; channel < thresholds.Length; channel++)
            if (pixel[channel] >= thresholds[channel]) bits |= 1u << channel;
        return bits;
    }
}
