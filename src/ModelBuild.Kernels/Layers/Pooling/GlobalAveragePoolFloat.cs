namespace ModelBuild.Kernels;

/// <summary>Mean of each channel over all pixels of floats, NHWC.</summary>
internal sealed class GlobalAveragePoolFloat : Layer
{
    private readonly FlatBuffer<float> _input;
    private readonly FlatBuffer<float> _output;
    private readonly PoolShape _shape;

    /// <param name="input">[1, height, width, channels].</param>
    /// <param name="output">One a channel.</param>
    public GlobalAveragePoolFloat(FlatBuffer<float> input, FlatBuffer<float> output)
    {
        BufferChecks.Image(input);
        BufferChecks.Require(output.Length == input.Shape[3], "a mean for each channel");
        _input = input;
        _output = output;
        _shape = new PoolShape(input.Shape[1], input.Shape[2], 1, 1, input.Shape[3]);
    }

    public override void Run(Workspace workspace)
    {
        PoolWindow whole = new(_shape.InputHeight, _shape.InputWidth, 1, 1, 0, 0);
        PoolFloatKernel.Run(workspace.Elements(_input), workspace.Elements(_output), _shape, whole, average: true);
    }
}
