using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Gives the elements of an image another shape, in channels-last order ([height, width, channels] row by row): for example
/// 4x4x64 to a vector of 1024 channels.
/// </summary>
internal sealed class ReshapeInt8 : Layer
{
    private readonly ImageBuffer _input;
    private readonly ImageBuffer _output;
    private readonly int _unit;

    /// <param name="input">The image.</param>
    /// <param name="output">The same number of elements.</param>
    public ReshapeInt8(ImageBuffer input, ImageBuffer output)
    {
        int length = input.Height * input.Width * input.Channels;
        BufferChecks.Require(length == output.Height * output.Width * output.Channels, "images differ in length");
        _input = input;
        _output = output;
        _unit = input.Channels % 4 == 0 && output.Channels % 4 == 0 ? 4 : 1;
    }

    public override void Run(Workspace workspace)
    {
        ReadOnlySpan<byte> source = workspace.Bytes(_input);
        Span<byte> image = workspace.Bytes(_output);
        Cursor from = new(_input);
        Cursor to = new(_output);
        int length = _input.Height * _input.Width * _input.Channels;
        for (int i = 0; i < length; i += _unit)
        {
            source.Slice(from.Index, _unit).CopyTo(image.Slice(to.Index, _unit));
            from.Advance(_unit);
            to.Advance(_unit);
        }
        _output.FillBorder(image);
    }

    /// <summary>Walks the elements of an image in channels-last order.</summary>
    private struct Cursor(ImageBuffer image)
    {
        private int _x = 0;
        private int _channel = 0;
        private int _pixel = image.Origin;

        /// <summary>Byte of the element in the image's buffer.</summary>
        public readonly int Index => (_channel / 4 * image.Size + _pixel) * 4 + _channel % 4;

        /// <summary>Goes on by some channels, which do not cross a pixel.</summary>
        public void Advance(int channels)
        {
            _channel += channels;
            if (_channel < image.Channels) return;
            _channel = 0;
            _pixel++;
            if (++_x < image.Width) return;
            _x = 0;
            _pixel += image.Pitch - image.Width;
        }
    }
}
