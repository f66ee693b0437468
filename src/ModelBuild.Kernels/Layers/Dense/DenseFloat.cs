using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Rows of floats times a matrix, with bias and limits: a 1x1 convolution over an image of one row, a pixel a row of the input.
/// </summary>
internal sealed class DenseFloat : Layer
{
    private readonly FlatBuffer<float> _input;
    private readonly FlatBuffer<float> _output;
    private readonly PackedConvolution _packed;
    private readonly float _minimum;
    private readonly float _maximum;

    /// <param name="input">[..., inputs].</param>
    /// <param name="output">[..., outputs].</param>
    /// <param name="weights">[inputs][outputs].</param>
    /// <param name="bias">One an output, or none.</param>
    /// <param name="minimum">Least result.</param>
    /// <param name="maximum">Greatest result.</param>
    public DenseFloat(FlatBuffer<float> input, FlatBuffer<float> output, float[] weights, float[] bias, float minimum, float maximum)
    {
        int inputs = input.Shape[^1];
        int outputs = output.Shape[^1];
        int rows = input.Length / inputs;
        BufferChecks.Require(output.Length == rows * outputs, "arrays differ in rows");
        _input = input;
        _output = output;
        _minimum = minimum;
        _maximum = maximum;
        _packed = Pack(rows, inputs, outputs, weights, bias);
    }

    public override void Run(Workspace workspace) =>
        ConvolutionFloat.Run(workspace.Elements(_input), workspace.Elements(_output), _packed, _minimum, _maximum);

    /// <summary>Weights for <see cref="ConvolutionFloat.Run(ReadOnlySpan{float}, Span{float}, PackedConvolution, float, float)"/>.</summary>
    /// <param name="rows">Rows of the input.</param>
    /// <param name="inputs">Floats of a row.</param>
    /// <param name="outputs">Floats of a row of the output.</param>
    /// <param name="weights">[inputs][outputs].</param>
    /// <param name="bias">One an output, or none.</param>
    public static PackedConvolution Pack(int rows, int inputs, int outputs, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias) =>
        new(new ConvolutionShape
        {
            InputHeight = 1, InputWidth = rows, InputChannels = inputs,
            OutputHeight = 1, OutputWidth = rows, OutputChannels = outputs,
        }, weights, bias);
}
