using System;

namespace ModelBuild.Kernels;

/// <summary>Puts pixels of one value around an image; both have one scale and zero point.</summary>
internal sealed class PadInt8 : Layer
{
    private readonly ImageBuffer _input;
    private readonly ImageBuffer _output;
    private readonly int _top;
    private readonly int _left;
    private readonly byte _value;

    /// <param name="input">The image.</param>
    /// <param name="output">The padded image.</param>
    /// <param name="top">Rows above the image.</param>
    /// <param name="left">Pixels before its rows.</param>
    /// <param name="value">What is put around.</param>
    public PadInt8(ImageBuffer input, ImageBuffer output, int top, int left, int value)
    {
        BufferChecks.Require(input.Channels == output.Channels, "a padded image keeps its channels");
        bool fits = top >= 0 && left >= 0 && top + input.Height <= output.Height && left + input.Width <= output.Width;
        BufferChecks.Require(fits, "an image does not fit into its padding");
        BufferChecks.Require(value is >= byte.MinValue and <= byte.MaxValue, "the value of a padding is a byte");
        _input = input;
        _output = output;
        _top = top;
        _left = left;
        _value = (byte)value;
    }

    public override void Run(Workspace workspace)
    {
        Span<byte> source = workspace.Bytes(_input);
        Span<byte> image = workspace.Bytes(_output);
        image.Fill(_value);
        for (int quad = 0; quad < _input.Quads; quad++)
        {
            for (int y = 0; y < _input.Height; y++)
            {
                Row(source, _input, quad, y, 0).CopyTo(Row(image, _output, quad, _top + y, _left));
            }
        }
        _output.FillBorder(image);
    }

    /// <summary>As many pixels of a row as the input has.</summary>
    private Span<byte> Row(Span<byte> image, ImageBuffer geometry, int quad, int y, int x) =>
        image.Slice((quad * geometry.Size + geometry.Origin + y * geometry.Pitch + x) * 4, _input.Width * 4);
}
