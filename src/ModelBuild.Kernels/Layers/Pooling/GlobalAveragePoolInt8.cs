using System;

namespace ModelBuild.Kernels;

/// <summary>Mean of each channel over all pixels, requantised.</summary>
internal sealed class GlobalAveragePoolInt8 : DividedLayer
{
    /// <summary>Pixels whose sum of bytes fits an int.</summary>
    private const int MaximumPixels = int.MaxValue / 255;

    private readonly ImageBuffer _input;
    private readonly ImageBuffer _output;
    private readonly float _multiplier;
    private readonly int _inputZeroPoint;
    private readonly Requantization _requantization;

    /// <param name="input">The image.</param>
    /// <param name="output">A vector, 1x1.</param>
    /// <param name="multiplier">Scale of the input over scale of the output and number of pixels.</param>
    /// <param name="inputZeroPoint">Zero point of the input.</param>
    /// <param name="outputZeroPoint">Zero point of the output.</param>
    public GlobalAveragePoolInt8(ImageBuffer input, ImageBuffer output, float multiplier, int inputZeroPoint, int outputZeroPoint)
        : base(output.Quads, WorkOf(input))
    {
        BufferChecks.OnePixel(output);
        BufferChecks.Require(input.Channels == output.Channels, "a pool keeps its channels");
        BufferChecks.Require(input.Height * input.Width <= MaximumPixels, "too many pixels for a sum in 32 bits");
        _input = input;
        _output = output;
        _multiplier = multiplier;
        _inputZeroPoint = inputZeroPoint;
        _requantization = new Requantization(outputZeroPoint);
    }

    /// <inheritdoc/>
    public override void Run(Workspace workspace, int first, int end)
    {
        Span<byte> input = workspace.Bytes(_input);
        Span<byte> output = workspace.Bytes(_output);
        if (GlobalAveragePoolInt8Vector.IsSupported)
            GlobalAveragePoolInt8Vector.Run(input, output, _input, first, end, _multiplier, _inputZeroPoint, _requantization);
        else
            GlobalAveragePoolInt8Scalar.Run(input, output, _input, first, end, _multiplier, _inputZeroPoint, _requantization);
    }
}
