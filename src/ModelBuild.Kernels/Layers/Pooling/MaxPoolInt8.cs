using System;

namespace ModelBuild.Kernels;

/// <summary>Greatest value in a moving window; input and output have one scale and zero point.</summary>
internal sealed class MaxPoolInt8 : DividedLayer
{
    private readonly ImageBuffer _input;
    private readonly ImageBuffer _output;
    private readonly PoolWindow _window;

    /// <param name="input">The image.</param>
    /// <param name="output">A pixel a window.</param>
    /// <param name="windowHeight">See <see cref="PoolWindow"/>.</param>
    /// <param name="windowWidth">See <see cref="PoolWindow"/>.</param>
    /// <param name="strideHeight">See <see cref="PoolWindow"/>.</param>
    /// <param name="strideWidth">See <see cref="PoolWindow"/>.</param>
    /// <param name="padTop">See <see cref="PoolWindow"/>.</param>
    /// <param name="padLeft">See <see cref="PoolWindow"/>.</param>
    public MaxPoolInt8(
        ImageBuffer input, ImageBuffer output, int windowHeight, int windowWidth, int strideHeight, int strideWidth,
        int padTop, int padLeft)
        : base(output.Quads, WorkOf(input))
    {
        BufferChecks.Require(input.Channels == output.Channels, "a pool keeps its channels");
        _input = input;
        _output = output;
        _window = new PoolWindow(windowHeight, windowWidth, strideHeight, strideWidth, padTop, padLeft);
        _window.Check(input.Height, input.Width, output.Height, output.Width);
    }

    /// <inheritdoc/>
    public override void Run(Workspace workspace, int first, int end)
    {
        Span<byte> image = workspace.Bytes(_output);
        if (MaxPoolInt8Vector.Supports(_window)) MaxPoolInt8Vector.Run(workspace.Bytes(_input), image, _input, _output, first, end, _window);
        else MaxPoolInt8Scalar.Run(workspace.Bytes(_input), image, _input, _output, first, end, _window);
        _output.FillBorder(image, first, end);
    }
}
