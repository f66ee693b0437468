using System;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Splits an image into strideHeight x strideWidth phase planes, over which a strided convolution has stride 1. Pixel (y, x) of
/// phase (py, px) is input pixel (y * strideHeight + py, x * strideWidth + px); output quad = (py * strideWidth + px) * input
/// quads + q. What lies outside the input gets the output's border value; where the output has none (run-time ranges), the value
/// of the input's own border, which then must have at least its last pixel.
/// </summary>
internal sealed class SplitPhases : DividedLayer
{
    private readonly ImageBuffer _input;
    private readonly ImageBuffer _output;
    private readonly int _strideHeight;
    private readonly int _strideWidth;

    /// <param name="input">The image.</param>
    /// <param name="output">Its phases, of ceil(input height / stride) x ceil(input width / stride) pixels or fewer.</param>
    /// <param name="strideHeight">Rows from one output row to the next.</param>
    /// <param name="strideWidth">Columns from one output column to the next.</param>
    /// <param name="padTop">Rows of the convolution's padding above the image, for which the output must have border.</param>
    /// <param name="padLeft">Columns of the convolution's padding left of the image, likewise.</param>
    public SplitPhases(ImageBuffer input, ImageBuffer output, int strideHeight, int strideWidth, int padTop, int padLeft)
        : base(input.Quads, WorkOf(output))
    {
        if (output.Quads != input.Quads * strideHeight * strideWidth)
            throw new ArgumentException($"{input.Quads} quads in {strideHeight}x{strideWidth} phases are not {output.Quads} quads.", nameof(output));
        int border = (padTop + strideHeight - 1) / strideHeight * output.Pitch + (padLeft + strideWidth - 1) / strideWidth;
        if (output.Origin < border) throw new ArgumentException($"The padding needs {border} pixels of border before the phases.", nameof(output));
        _input = input;
        _output = output;
        _strideHeight = strideHeight;
        _strideWidth = strideWidth;
    }

    /// <inheritdoc/>
    public override void Run(Workspace workspace, int first, int end)
    {
        ReadOnlySpan<int> input = MemoryMarshal.Cast<byte, int>(workspace.Bytes(_input));
        Span<byte> bytes = workspace.Bytes(_output);
        Span<int> output = MemoryMarshal.Cast<byte, int>(bytes);
        bool bordered = _input.Size > _input.Origin + _input.Span;
        int outside = _output.Border >= 0 ? _output.Border * 0x01010101 : bordered ? input[_input.Size - 1] : 0;
        for (int phaseY = 0; phaseY < _strideHeight; phaseY++)
        {
            for (int quad = first; quad < end; quad++) SplitPlane(input.Slice(quad * _input.Size), output, quad, phaseY, outside);
        }
        if (_output.Border < 0 && !bordered) return;
        for (int phase = 0; phase < _strideHeight * _strideWidth; phase++)
            _output.FillBorder(bytes, (byte)outside, phase * _input.Quads + first, phase * _input.Quads + end);
    }

    /// <summary>Splits the rows of a phase, into its planes of all phases of columns.</summary>
    private void SplitPlane(ReadOnlySpan<int> input, Span<int> output, int quad, int phaseY, int outside)
    {
        int phaseLength = _input.Quads * _output.Size;
        int plane = (phaseY * _strideWidth * _input.Quads + quad) * _output.Size;
        int y = 0;
        if (_strideWidth == 2 && _input.Width >= 2 * _output.Width && phaseY < _input.Height)
        {
            y = Math.Min((_input.Height - phaseY + _strideHeight - 1) / _strideHeight, _output.Height);
            PixelPairs.Split(
                input.Slice(_input.Origin + phaseY * _input.Pitch), _strideHeight * _input.Pitch,
                output.Slice(plane + _output.Origin, _output.Size - _output.Origin),
                output.Slice(plane + phaseLength + _output.Origin, _output.Size - _output.Origin), _output.Pitch, y, _output.Width);
        }
        for (int first = plane + _output.Origin + y * _output.Pitch; y < _output.Height; y++, first += _output.Pitch)
        {
            int row = y * _strideHeight + phaseY;
            ReadOnlySpan<int> source = row < _input.Height ? input.Slice(_input.Origin + row * _input.Pitch, _input.Width) : default;
            for (int phaseX = 0; phaseX < _strideWidth; phaseX++)
                TakeEvery(source, output.Slice(first + phaseX * phaseLength, _output.Width), phaseX, _strideWidth, outside);
        }
    }

    /// <summary>Takes the pixels <paramref name="first"/>, <paramref name="first"/> + <paramref name="stride"/>, ... as far as there are any.</summary>
    private static void TakeEvery(ReadOnlySpan<int> source, Span<int> target, int first, int stride, int outside)
    {
        int columns = Math.Clamp((source.Length - first + stride - 1) / stride, 0, target.Length);
        if (stride == 1) source.Slice(0, columns).CopyTo(target);
        else for (int x = 0; x < columns; x++) target[x] = source[first + x * stride];
        target.Slice(columns).Fill(outside);
    }
}
