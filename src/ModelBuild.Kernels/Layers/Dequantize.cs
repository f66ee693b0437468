using System;

namespace ModelBuild.Kernels;

/// <summary>Brings an image of the int8 path to floats (NHWC): <c>x = (q - zeroPoint) * scale</c>.</summary>
internal sealed class Dequantize : Layer
{
    private readonly ImageBuffer _input;
    private readonly FlatBuffer<float> _output;
    private readonly float _scale;
    private readonly int _zeroPoint;

    /// <param name="input">The image.</param>
    /// <param name="output">[height, width, channels] of the input, or a vector of channels.</param>
    /// <param name="scale">Scale of the input.</param>
    /// <param name="zeroPoint">Zero point of the input.</param>
    public Dequantize(ImageBuffer input, FlatBuffer<float> output, float scale, int zeroPoint)
    {
        BufferChecks.SameLength(input, output);
        _input = input;
        _output = output;
        _scale = scale;
        _zeroPoint = zeroPoint;
    }

    public override void Run(Workspace workspace)
    {
        Span<byte> image = workspace.Bytes(_input);
        Span<float> destination = workspace.Elements(_output);
        if (_input.Size == 1)
        {
            Convert(image, destination);
            return;
        }
        Span<byte> bytes = stackalloc byte[ChannelsLast.BlockBytes];
        for (PixelBlock block = PixelBlock.First(_input); block.Y < _input.Height; block = block.Next(_input))
        {
            ChannelsLast.Load(image, bytes, _input, block);
            Convert(bytes, destination.Slice(block.Start(_input), block.Length));
        }
    }

    private void Convert(ReadOnlySpan<byte> source, Span<float> destination) =>
        DequantizeScalar.Run(source, destination, _scale, _zeroPoint);
}
