using System;

namespace ModelBuild.Kernels;

/// <summary>Mean of a moving window over the pixels that lie inside the image, requantised.</summary>
internal sealed class AveragePoolInt8 : DividedLayer
{
    private readonly ImageBuffer _input;
    private readonly ImageBuffer _output;
    private readonly PoolWindow _window;
    private readonly float[] _multipliers;
    private readonly int _inputZeroPoint;
    private readonly Requantization _requantization;

    /// <param name="input">The image.</param>
    /// <param name="output">A pixel a window.</param>
    /// <param name="windowHeight">See <see cref="PoolWindow"/>.</param>
    /// <param name="windowWidth">See <see cref="PoolWindow"/>.</param>
    /// <param name="strideHeight">See <see cref="PoolWindow"/>.</param>
    /// <param name="strideWidth">See <see cref="PoolWindow"/>.</param>
    /// <param name="padTop">See <see cref="PoolWindow"/>.</param>
    /// <param name="padLeft">See <see cref="PoolWindow"/>.</param>
    /// <param name="multiplier">Scale of the input over scale of the output.</param>
    /// <param name="inputZeroPoint">Zero point of the input.</param>
    /// <param name="outputZeroPoint">Zero point of the output.</param>
    public AveragePoolInt8(
        ImageBuffer input, ImageBuffer output, int windowHeight, int windowWidth, int strideHeight, int strideWidth,
        int padTop, int padLeft, float multiplier, int inputZeroPoint, int outputZeroPoint)
        : base(output.Quads, WorkOf(input))
    {
        BufferChecks.Require(input.Channels == output.Channels, "a pool keeps its channels");
        _input = input;
        _output = output;
        _window = new PoolWindow(windowHeight, windowWidth, strideHeight, strideWidth, padTop, padLeft);
        _window.Check(input.Height, input.Width, output.Height, output.Width);
        int pixels = Math.Min(windowHeight, input.Height) * Math.Min(windowWidth, input.Width);
        _multipliers = new float[pixels + 1];
        for (int count = 1; count <= pixels; count++) _multipliers[count] = multiplier / count;
        _inputZeroPoint = inputZeroPoint;
        _requantization = new Requantization(outputZeroPoint);
    }

    /// <inheritdoc/>
    public override void Run(Workspace workspace, int first, int end)
    {
        Span<byte> input = workspace.Bytes(_input);
        Span<byte> image = workspace.Bytes(_output);
        if (AveragePoolInt8Vector.Supports(_window))
            AveragePoolInt8Vector.Run(input, image, _input, _output, first, end, _window, _multipliers, _inputZeroPoint, _requantization);
        else
            AveragePoolInt8Scalar.Run(input, image, _input, _output, first, end, _window, _multipliers, _inputZeroPoint, _requantization);
        _output.FillBorder(image, first, end);
    }
}
