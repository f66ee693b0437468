using System;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// Convolution of 16-bit integers with 8-bit weights, NHWC: <c>q = roundToEven(clamp(float(sum) * multiplier + bias))</c>, the sum being exact
/// (64 bits where 32 do not hold it). Zeros lie outside the image.
/// </summary>
internal sealed class ConvolutionInt16 : Layer
{
    private readonly FlatBuffer<short> _input;
    private readonly FlatBuffer<short> _output;
    private readonly PackedInt16 _packed;
    private readonly int _minimum;
    private readonly int _maximum;

    /// <param name="input">[1, height, width, channels].</param>
    /// <param name="output">[1, height, width, outputs].</param>
    /// <param name="weights">[outputs][kernel height][kernel width][channels / groups].</param>
    /// <param name="bias">[outputs], in steps of the output.</param>
    /// <param name="multipliers">[outputs], input scale * weight scale / output scale.</param>
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
    public ConvolutionInt16(
        FlatBuffer<short> input, FlatBuffer<short> output, sbyte[] weights, float[] bias, float[] multipliers, int kernelHeight, int kernelWidth,
        int strideHeight, int strideWidth, int dilationHeight, int dilationWidth, int padTop, int padLeft, int groups, int minimum, int maximum)
        : this(
            KernelVariants.Elementwise, input, output, weights, bias, multipliers,
            new ConvolutionShape
            {
                InputHeight = input.Shape[1], InputWidth = input.Shape[2], InputChannels = input.Shape[3],
                OutputHeight = output.Shape[1], OutputWidth = output.Shape[2], OutputChannels = output.Shape[3],
                KernelHeight = kernelHeight, KernelWidth = kernelWidth, StrideHeight = strideHeight, StrideWidth = strideWidth,
                DilationHeight = dilationHeight, DilationWidth = dilationWidth, PadTop = padTop, PadLeft = padLeft, Groups = groups,
            },
            minimum, maximum)
    {
    }

    /// <summary>The same with a kernel variant of the caller's choice, which this CPU must support.</summary>
    internal ConvolutionInt16(
        KernelVariant variant, FlatBuffer<short> input, FlatBuffer<short> output, sbyte[] weights, float[] bias, float[] multipliers,
        ConvolutionShape shape, int minimum, int maximum)
    {
        BufferChecks.Require(input.Length == shape.InputLength && output.Length == shape.OutputLength, "arrays differ from the convolution");
        _input = input;
        _output = output;
        _minimum = minimum;
        _maximum = maximum;
        _packed = new PackedInt16(shape, weights, multipliers, bias, LanesFor(variant, shape.GroupOutputs));
    }

    public override void Run(Workspace workspace) =>
        Run(workspace.Elements(_input), workspace.Elements(_output), _packed, _minimum, _maximum);

    /// <summary>One image.</summary>
    /// <param name="input">[height][width][channels].</param>
    /// <param name="output">[height][width][outputs].</param>
    /// <param name="packed">Sizes, weights, multipliers and bias.</param>
    /// <param name="minimum">Least result.</param>
    /// <param name="maximum">Greatest result.</param>
    public static void Run(ReadOnlySpan<short> input, Span<short> output, PackedInt16 packed, int minimum, int maximum)
    {
        input = input.Slice(0, packed.Shape.InputLength);
        output = output.Slice(0, packed.Shape.OutputLength);
        switch (packed.Lanes)
        {
            case 16: ConvolutionInt16Kernel<Vector512<int>, ShortLanes512>.Run(input, output, packed, minimum, maximum); break;
            case 8: ConvolutionInt16Kernel<Vector256<int>, ShortLanes256>.Run(input, output, packed, minimum, maximum); break;
            case 4: ConvolutionInt16Kernel<Vector128<int>, ShortLanes128>.Run(input, output, packed, minimum, maximum); break;
            default: ConvolutionInt16Kernel<int, ShortLanes1>.Run(input, output, packed, minimum, maximum); break;
        }
    }

    /// <summary>The widest vector of a variant of which so many outputs do not leave half unused.</summary>
    public static int LanesFor(KernelVariant variant, int outputs) => variant switch
    {
        KernelVariant.Scalar => 1,
        KernelVariant.Avx512 when outputs > 16 => 16,
        KernelVariant.Avx512 or KernelVariant.Avx2 or KernelVariant.AvxVnni when outputs > 8 => 8,
        _ => outputs > 1 ? 4 : 1,
    };
}
