namespace ModelBuild.Kernels;

/// <summary>Mean of a moving window of floats, NHWC, over the pixels that lie inside the image.</summary>
internal sealed class AveragePoolFloat : Layer
{
    private readonly FlatBuffer<float> _input;
    private readonly FlatBuffer<float> _output;
    private readonly PoolShape _shape;
    private readonly PoolWindow _window;

    /// <param name="input">[1, height, width, channels].</param>
    /// <param name="output">[1, height, width, channels], a pixel a window.</param>
    /// <param name="windowHeight">See <see cref="PoolWindow"/>.</param>
    /// <param name="windowWidth">See <see cref="PoolWindow"/>.</param>
    /// <param name="strideHeight">See <see cref="PoolWindow"/>.</param>
    /// <param name="strideWidth">See <see cref="PoolWindow"/>.</param>
    /// <param name="padTop">See <see cref="PoolWindow"/>.</param>
    /// <param name="padLeft">See <see cref="PoolWindow"/>.</param>
    public AveragePoolFloat(
        FlatBuffer<float> input, FlatBuffer<float> output, int windowHeight, int windowWidth, int strideHeight, int strideWidth,
        int padTop, int padLeft)
    {
        _input = input;
        _output = output;
        _shape = PoolShape.Of(input, output);
        _window = new PoolWindow(windowHeight, windowWidth, strideHeight, strideWidth, padTop, padLeft);
        _window.Check(_shape.InputHeight, _shape.InputWidth, _shape.OutputHeight, _shape.OutputWidth);
    }

    public override void Run(Workspace workspace) =>
        PoolFloatKernel.Run(workspace.Elements(_input), workspace.Elements(_output), _shape, _window, average: true);
}
