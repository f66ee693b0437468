using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Brings one input of a concatenation along channels to its place in the output, requantised by a table of
/// <c>requantise(float(q - inputZeroPoint) * multiplier)</c>. A concatenation is one such layer an input.
/// </summary>
internal sealed class ConcatInt8 : Layer
{
    private readonly ImageBuffer _input;
    private readonly ImageBuffer _output;
    private readonly int _channel;
    private readonly byte[] _table = new byte[256];

    /// <param name="input">The image to place.</param>
    /// <param name="output">The whole concatenation: same height and width.</param>
    /// <param name="channel">Channel of the output that takes the input's first.</param>
    /// <param name="multiplier">Scale of the input over scale of the output.</param>
    /// <param name="inputZeroPoint">Zero point of the input.</param>
    /// <param name="outputZeroPoint">Zero point of the output.</param>
    public ConcatInt8(ImageBuffer input, ImageBuffer output, int channel, float multiplier, int inputZeroPoint, int outputZeroPoint)
    {
        BufferChecks.Require(input.Height == output.Height && input.Width == output.Width, "images differ in size");
        BufferChecks.Require(channel >= 0 && channel + input.Channels <= output.Channels, "an input lies outside the concatenation");
        _input = input;
        _output = output;
        _channel = channel;
        Requantization requantization = new(outputZeroPoint);
        for (int q = 0; q < 256; q++) _table[q] = requantization.ToByte((q - inputZeroPoint) * multiplier);
    }

    public override void Run(Workspace workspace)
    {
        Span<byte> source = workspace.Bytes(_input);
        Span<byte> image = workspace.Bytes(_output);
        for (int channel = 0; channel < _input.Channels; channel += 4)
        {
            bool whole = _channel % 4 == 0 && channel + 4 <= _input.Channels;
            for (int y = 0; y < _input.Height; y++)
            {
                if (whole) CopyQuad(source, image, channel, y);
                else CopyLanes(source, image, channel, y);
            }
        }
        _output.FillBorder(image);
    }

    /// <summary>A row of four channels that stay together.</summary>
    private void CopyQuad(Span<byte> source, Span<byte> image, int channel, int y) =>
        LookupInt8.Run(Row(source, _input, channel, y), Row(image, _output, _channel + channel, y), _table);

    /// <summary>A row of up to four channels that share quads of the output with other inputs, or with each other.</summary>
    private void CopyLanes(Span<byte> source, Span<byte> image, int channel, int y)
    {
        ReadOnlySpan<byte> from = Row(source, _input, channel, y);
        int lanes = Math.Min(4, _input.Channels - channel);
        for (int lane = 0; lane < lanes; lane++)
        {
            int target = _channel + channel + lane;
            Span<byte> to = Row(image, _output, target, y);
            for (int x = 0; x < from.Length; x += 4) to[x + target % 4] = _table[from[x + lane]];
        }
    }

    private static Span<byte> Row(Span<byte> image, ImageBuffer geometry, int channel, int y) =>
        image.Slice((channel / 4 * geometry.Size + geometry.Origin + y * geometry.Pitch) * 4, geometry.Width * 4);
}
