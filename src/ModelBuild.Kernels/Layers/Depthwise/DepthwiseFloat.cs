using System;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// Depthwise convolution of floats, NHWC, with bias and limits: output c * multiplier + j sees channel c alone. Zeros lie outside
/// the image.
/// </summary>
internal sealed class DepthwiseFloat : Layer
{
    private readonly FlatBuffer<float> _input;
    private readonly FlatBuffer<float> _output;
    private readonly ConvolutionShape _shape;
    private readonly float[] _weights;
    private readonly float[] _bias;
    private readonly float _minimum;
    private readonly float _maximum;

    /// <summary>The same as a grouped convolution, for more than one output a channel.</summary>
    private readonly PackedConvolution? _packed;

    /// <param name="input">[1, height, width, channels].</param>
    /// <param name="output">[1, height, width, channels * multiplier].</param>
    /// <param name="weights">[kernel height][kernel width][channels][multiplier].</param>
    /// <param name="bias">One an output, or none.</param>
    /// <param name="kernelHeight">Rows of the kernel.</param>
    /// <param name="kernelWidth">Columns of the kernel.</param>
    /// <param name="strideHeight">Rows from one output to the next.</param>
    /// <param name="strideWidth">Columns from one output to the next.</param>
    /// <param name="dilationHeight">Rows from one tap to the next.</param>
    /// <param name="dilationWidth">Columns from one tap to the next.</param>
    /// <param name="padTop">Rows of zeros above the image.</param>
    /// <param name="padLeft">Columns of zeros left of the image.</param>
    /// <param name="minimum">Least result.</param>
    /// <param name="maximum">Greatest result.</param>
    public DepthwiseFloat(
        FlatBuffer<float> input, FlatBuffer<float> output, float[] weights, float[] bias, int kernelHeight, int kernelWidth,
        int strideHeight, int strideWidth, int dilationHeight, int dilationWidth, int padTop, int padLeft, float minimum, float maximum)
    {
        BufferChecks.Image(input);
        BufferChecks.Image(output);
        _input = input;
        _output = output;
        _minimum = minimum;
        _maximum = maximum;
        _shape = new ConvolutionShape
        {
            InputHeight = input.Shape[1], InputWidth = input.Shape[2], InputChannels = input.Shape[3],
            OutputHeight = output.Shape[1], OutputWidth = output.Shape[2], OutputChannels = output.Shape[3],
            KernelHeight = kernelHeight, KernelWidth = kernelWidth, StrideHeight = strideHeight, StrideWidth = strideWidth,
            DilationHeight = dilationHeight, DilationWidth = dilationWidth, PadTop = padTop, PadLeft = padLeft,
            Groups = input.Shape[3],
        };
        _shape.Check();
        BufferChecks.Require(weights.Length == _shape.Weights, "number of weights");
        BufferChecks.Require(bias.Length == _shape.OutputChannels || bias.Length == 0, "number of biases");
        _weights = weights;
        _bias = bias.Length == 0 ? new float[_shape.OutputChannels] : bias;
        if (_shape.GroupOutputs > 1) _packed = new PackedConvolution(_shape, weights, bias);
    }

    public override void Run(Workspace workspace)
    {
        Span<float> input = workspace.Elements(_input);
        Span<float> output = workspace.Elements(_output);
        if (_packed is not null) ConvolutionFloat.Run(input, output, _packed, _minimum, _maximum);
        else Run(new DepthwiseFloatOperands(_shape, input, _weights, _bias, _minimum, _maximum), output);
    }

    /// <summary>One image, with one output a channel; for more see <see cref="ConvolutionFloat"/> with a group a channel.</summary>
    /// <param name="operands">What it reads.</param>
    /// <param name="output">[height][width][channels].</param>
    public static void Run(in DepthwiseFloatOperands operands, Span<float> output)
    {
        output = output.Slice(0, operands.Shape.OutputLength);
        int channel = 0;
        if (Vector512.IsHardwareAccelerated) channel = DepthwiseFloatKernel<Vector512<float>, FloatLanes512>.Run(operands, output, channel);
        if (Vector256.IsHardwareAccelerated) channel = DepthwiseFloatKernel<Vector256<float>, FloatLanes256>.Run(operands, output, channel);
        if (Vector128.IsHardwareAccelerated) channel = DepthwiseFloatKernel<Vector128<float>, FloatLanes128>.Run(operands, output, channel);
        DepthwiseFloatKernel<float, FloatLanes1>.Run(operands, output, channel);
    }
}
