using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Cuts a box out of an image, requantised by a table of <c>requantise(float(q - inputZeroPoint) * multiplier)</c>: crops, and the
/// parts of a split along channels.
/// </summary>
internal sealed class SliceInt8 : Layer
{
    private readonly ImageBuffer _input;
    private readonly ImageBuffer _output;
    private readonly int _top;
    private readonly int _left;
    private readonly int _channel;
    private readonly byte[] _table = new byte[256];
    private readonly bool _copies = true;

    /// <param name="input">The image.</param>
    /// <param name="output">The box.</param>
    /// <param name="top">First row of the box.</param>
    /// <param name="left">First pixel of its rows.</param>
    /// <param name="channel">First channel of its pixels.</param>
    /// <param name="multiplier">Scale of the input over scale of the output.</param>
    /// <param name="inputZeroPoint">Zero point of the input.</param>
    /// <param name="outputZeroPoint">Zero point of the output.</param>
    public SliceInt8(
        ImageBuffer input, ImageBuffer output, int top, int left, int channel, float multiplier, int inputZeroPoint, int outputZeroPoint)
    {
        bool fits = top >= 0 && left >= 0 && top + output.Height <= input.Height && left + output.Width <= input.Width;
        BufferChecks.Require(fits && channel >= 0 && channel + output.Channels <= input.Channels, "a slice reaches outside its image");
        _input = input;
        _output = output;
        _top = top;
        _left = left;
        _channel = channel;
        Requantization requantization = new(outputZeroPoint);
        for (int q = 0; q < 256; q++)
        {
            _table[q] = requantization.ToByte((q - inputZeroPoint) * multiplier);
            _copies &= _table[q] == q;
        }
    }

    public override void Run(Workspace workspace)
    {
        ReadOnlySpan<byte> source = workspace.Bytes(_input);
        Span<byte> image = workspace.Bytes(_output);
        // A vector lies in one piece, wherever in its quads the slice begins.
        bool isVector = _input.Size == 1 && _output.Size == 1;
        if (isVector) Move(source.Slice(_channel, _output.Channels), image.Slice(0, _output.Channels));
        for (int channel = 0; channel < _output.Channels && !isVector; channel += 4)
        {
            for (int y = 0; y < _output.Height; y++)
            {
                if (_channel % 4 == 0) Move(From(source, channel, y), To(image, channel, y));
                else CopyLanes(source, image, channel, y);
            }
        }
        _output.FillBorder(image);
    }

    private void Move(ReadOnlySpan<byte> from, Span<byte> to)
    {
        if (_copies) from.CopyTo(to);
        else LookupInt8.Run(from, to, _table);
    }

    /// <summary>A row of up to four channels that lie in two quads of the input.</summary>
    private void CopyLanes(ReadOnlySpan<byte> source, Span<byte> image, int channel, int y)
    {
        Span<byte> to = To(image, channel, y);
        int lanes = Math.Min(4, _output.Channels - channel);
        for (int lane = 0; lane < lanes; lane++)
        {
            ReadOnlySpan<byte> from = From(source, channel + lane, y);
            int other = (_channel + lane) % 4;
            for (int x = 0; x < to.Length; x += 4) to[x + lane] = _table[from[x + other]];
        }
    }

    /// <summary>The quad of the input, along a row, that has a channel of the output.</summary>
    private ReadOnlySpan<byte> From(ReadOnlySpan<byte> source, int channel, int y)
    {
        int pixel = _input.Origin + (_top + y) * _input.Pitch + _left;
        return source.Slice(((_channel + channel) / 4 * _input.Size + pixel) * 4, _output.Width * 4);
    }

    private Span<byte> To(Span<byte> image, int channel, int y) =>
        image.Slice((channel / 4 * _output.Size + _output.Origin + y * _output.Pitch) * 4, _output.Width * 4);
}
