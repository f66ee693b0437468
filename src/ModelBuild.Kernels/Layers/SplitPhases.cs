using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// Splits an image into strideHeight x strideWidth phase planes, over which a strided convolution has stride 1. Pixel (y, x) of
/// phase (py, px) is input pixel (y * strideHeight + py, x * strideWidth + px); output quad = (py * strideWidth + px) * input
/// quads + q. What lies outside the input gets the output's border value; where the output has none (run-time ranges), the value
/// of the input's own border, which then must have at least its last pixel.
/// </summary>
internal sealed class SplitPhases : Layer
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
    public override void Run(Workspace workspace)
    {
        ReadOnlySpan<int> input = MemoryMarshal.Cast<byte, int>(workspace.Bytes(_input));
        Span<byte> bytes = workspace.Bytes(_output);
        Span<int> output = MemoryMarshal.Cast<byte, int>(bytes);
        bool bordered = _input.Size > _input.Origin + _input.Span;
        int outside = _output.Border >= 0 ? _output.Border * 0x01010101 : bordered ? input[_input.Size - 1] : 0;
        for (int phase = 0; phase < _strideHeight * _strideWidth; phase++)
        {
            (int phaseY, int phaseX) = Math.DivRem(phase, _strideWidth);
            for (int quad = 0; quad < _input.Quads; quad++)
            {
                SplitPlane(
                    input.Slice(quad * _input.Size, _input.Size),
                    output.Slice((phase * _input.Quads + quad) * _output.Size, _output.Size), phaseY, phaseX, outside);
            }
        }
        if (_output.Border >= 0 || bordered) _output.FillBorder(bytes, (byte)outside);
    }

    private void SplitPlane(ReadOnlySpan<int> input, Span<int> output, int phaseY, int phaseX, int outside)
    {
        int columns = Math.Clamp((_input.Width - phaseX + _strideWidth - 1) / _strideWidth, 0, _output.Width);
        for (int y = 0; y < _output.Height; y++)
        {
            Span<int> target = output.Slice(_output.Origin + y * _output.Pitch, _output.Width);
            int row = y * _strideHeight + phaseY;
            if (row >= _input.Height || columns == 0)
            {
                target.Fill(outside);
                continue;
            }
            ReadOnlySpan<int> source = input.Slice(_input.Origin + row * _input.Pitch + phaseX, _input.Width - phaseX);
            if (_strideWidth == 1) source.Slice(0, columns).CopyTo(target);
            else if (_strideWidth == 2) TakeEven(source, target.Slice(0, columns));
            else TakeEvery(source, target.Slice(0, columns), _strideWidth);
            target.Slice(columns).Fill(outside);
        }
    }

    private static void TakeEvery(ReadOnlySpan<int> source, Span<int> target, int stride)
    {
        for (int x = 0; x < target.Length; x++) target[x] = source[x * stride];
    }

    /// <summary>Stride 2: narrowing 64-bit lanes to 32 keeps their lower, that is even, halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TakeEven(ReadOnlySpan<int> source, Span<int> target)
    {
        int x = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; x + 8 <= target.Length && 2 * x + 16 <= source.Length; x += 8)
            {
                Vector256<ulong> low = Vector256.Create(source.Slice(2 * x)).AsUInt64();
                Vector256<ulong> high = Vector256.Create(source.Slice(2 * x + 8)).AsUInt64();
                Vector256.Narrow(low, high).AsInt32().CopyTo(target.Slice(x));
            }
        }
        if (Vector128.IsHardwareAccelerated)
        {
            for (; x + 4 <= target.Length && 2 * x + 8 <= source.Length; x += 4)
            {
                Vector128<ulong> low = Vector128.Create(source.Slice(2 * x)).AsUInt64();
                Vector128<ulong> high = Vector128.Create(source.Slice(2 * x + 4)).AsUInt64();
                Vector128.Narrow(low, high).AsInt32().CopyTo(target.Slice(x));
            }
        }
        for (; x < target.Length; x++) target[x] = source[2 * x];
    }
}
