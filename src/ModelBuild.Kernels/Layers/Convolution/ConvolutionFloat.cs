using System;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>Convolution of floats, NHWC, with bias and limits. Zeros lie outside the image.</summary>
internal sealed class ConvolutionFloat : Layer
{
    private readonly FlatBuffer<float> _input;
    private readonly FlatBuffer<float> _output;
    private readonly PackedConvolution _packed;
    private readonly float _minimum;
    private readonly float _maximum;

    /// <param name="input">[1, height, width, channels].</param>
    /// <param name="output">[1, height, width, outputs].</param>
    /// <param name="weights">[kernel height][kernel width][channels / groups][outputs].</param>
    /// <param name="bias">One an output, or none.</param>
    /// <param name="kernelHeight">Rows of the kernel.</param>
    /// <param name="kernelWidth">Columns of the kernel.</param>
    /// <param name="strideHeight">Rows from one output to the next.</param>
    /// <param name="strideWidth">Columns from one output to the next.</param>
    /// <param name="dilationHeight">Rows from one tap to the next.</param>
    /// <param name="dilationWidth">Columns from one tap to the next.</param>
    /// <param name="padTop">Rows of zeros above the image.</param>
    /// <param name="padLeft">Columns of zeros left of the image.</param>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="minimum">Least result.</param>
    /// <param name="maximum">Greatest result.</param>
    public ConvolutionFloat(
        FlatBuffer<float> input, FlatBuffer<float> output, float[] weights, float[] bias, int kernelHeight, int kernelWidth,
        int strideHeight, int strideWidth, int dilationHeight, int dilationWidth, int padTop, int padLeft, int groups,
        float minimum, float maximum)
    {
        BufferChecks.Image(input);
        BufferChecks.Image(output);
        _input = input;
        _output = output;
        _minimum = minimum;
        _maximum = maximum;
        ConvolutionShape shape = new()
        {
            InputHeight = input.Shape[1], InputWidth = input.Shape[2], InputChannels = input.Shape[3],
            OutputHeight = output.Shape[1], OutputWidth = output.Shape[2], OutputChannels = output.Shape[3],
            KernelHeight = kernelHeight, KernelWidth = kernelWidth, StrideHeight = strideHeight, StrideWidth = strideWidth,
            DilationHeight = dilationHeight, DilationWidth = dilationWidth, PadTop = padTop, PadLeft = padLeft, Groups = groups,
        };
        _packed = new PackedConvolution(shape, weights, bias);
    }

    public override void Run(Workspace workspace) =>
        Run(workspace.Elements(_input), workspace.Elements(_output), _packed, _minimum, _maximum);

    /// <summary>One image.</summary>
    /// <param name="input">[height][width][channels].</param>
    /// <param name="output">[height][width][outputs].</param>
    /// <param name="packed">Sizes, weights and bias.</param>
    /// <param name="minimum">Least result.</param>
    /// <param name="maximum">Greatest result.</param>
    public static void Run(ReadOnlySpan<float> input, Span<float> output, PackedConvolution packed, float minimum, float maximum)
    {
        input = input.Slice(0, packed.Shape.InputLength);
        output = output.Slice(0, packed.Shape.OutputLength);
        switch (packed.Lanes)
        {
            case 16: ConvolutionFloatKernel<Vector512<float>, FloatLanes512>.Run(input, output, packed, minimum, maximum); break;
            case 8: ConvolutionFloatKernel<Vector256<float>, FloatLanes256>.Run(input, output, packed, minimum, maximum); break;
            case 4: ConvolutionFloatKernel<Vector128<float>, FloatLanes128>.Run(input, output, packed, minimum, maximum); break;
            default: ConvolutionFloatKernel<float, FloatLanes1>.Run(input, output, packed, minimum, maximum); break;
        }
    }

    /// <summary>The vector width for a number of outputs: the widest the CPU has of which outputs do not leave half unused.</summary>
    public static int LanesFor(int outputs)
    {
        if (Vector512.IsHardwareAccelerated && outputs > 16) return 16;
        if (Vector256.IsHardwareAccelerated && outputs > 8) return 8;
        if (Vector128.IsHardwareAccelerated && outputs > 1) return 4;
        return 1;
    }
}
