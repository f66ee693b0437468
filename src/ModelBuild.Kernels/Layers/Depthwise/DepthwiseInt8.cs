using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Quantised depthwise convolution, one filter a channel, of images with one pitch. A strided one takes the phases of its input
/// (<see cref="SplitPhases"/>).
/// </summary>
internal sealed class DepthwiseInt8 : DividedLayer
{
    private readonly ImageBuffer _input;
    private readonly ImageBuffer _output;
    private readonly KernelVariant _variant;
    private readonly DepthwiseDots? _dots;
    private readonly DepthwiseProgram? _program;
    private readonly ConvolutionInt8Sink _sink;
    private readonly int _vectorPixels;

    /// <param name="input">The input, or its phases when a stride is not 1.</param>
    /// <param name="output">The output, of the same pitch.</param>
    /// <param name="weights">[channels][kernelHeight][kernelWidth], -127..127.</param>
    /// <param name="bias">[channels], at scale input * weight.</param>
    /// <param name="multipliers">[channels], input scale * weight scale / output scale.</param>
    /// <param name="channels">Channels of the unsplit input.</param>
    /// <param name="minimum">Least output byte.</param>
    /// <param name="maximum">Greatest output byte.</param>
    public DepthwiseInt8(
        ImageBuffer input, ImageBuffer output, sbyte[] weights, int[] bias, float[] multipliers, int kernelHeight, int kernelWidth,
        int strideHeight, int strideWidth, int dilationHeight, int dilationWidth, int padTop, int padLeft, int channels,
        int inputZeroPoint, int outputZeroPoint, int minimum, int maximum)
        : this(
            KernelVariants.Depthwise, input, output, weights, bias, multipliers,
            new ConvolutionWindow(kernelHeight, kernelWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, padTop, padLeft),
            channels, inputZeroPoint, new Requantization(outputZeroPoint, minimum, maximum))
    {
    }

    /// <summary>The same with a kernel variant of the caller's choice, which this CPU must support.</summary>
    internal DepthwiseInt8(
        KernelVariant variant, ImageBuffer input, ImageBuffer output, sbyte[] weights, int[] bias, float[] multipliers,
        ConvolutionWindow window, int channels, int inputZeroPoint, Requantization requantization)
        : base(output.Quads, DepthwiseKernels.Work(weights.Length, output.Span))
    {
        if (input.Pitch != output.Pitch && output.Height > 1) throw new ArgumentException("Input and output must have one pitch.", nameof(output));
        if (output.Channels != channels) throw new ArgumentException("Input and output must have the same channels.", nameof(output));
        if (bias.Length != channels) throw new ArgumentException("One bias a channel is expected.", nameof(bias));
        _input = input;
        _output = output;
        _variant = variant;
        DepthwiseSums sums = new(weights, channels, window.Taps);
        if (variant == KernelVariant.AvxVnni) _dots = DepthwiseDots.TryMake(input, window, weights, sums.Initial, output);
        if (_dots is null) _program = new DepthwiseProgram(input, window, weights, sums.Initial, channels);
        sums.AddBias(bias, inputZeroPoint);
        bool floatSums = sums.TryMakeFloat(variant, multipliers);
        _sink = new ConvolutionInt8Sink(output, multipliers, requantization, floatSums);
        if (_program is { } program)
            _vectorPixels = ConvolutionWindow.VectorPixels(input, program.LastOffset, output.Span, output.Size - output.Origin);
    }

    /// <inheritdoc/>
    public override void Run(Workspace workspace, int first, int end) => Run(workspace.Bytes(_input), workspace.Bytes(_output), first, end);

    /// <summary>The quads <paramref name="first"/> .. <paramref name="end"/> - 1. Reads and writes nothing but the bytes of the two images.</summary>
    internal void Run(ReadOnlySpan<byte> input, Span<byte> output, int first, int end)
    {
        ImageTile tile = new(first, end, 0, _output.Span);
        if (_program is { } program) DepthwiseKernels.Run(_variant, input, output, program, _sink, _vectorPixels, tile);
        else DepthwiseAvxVnni.Run(input, output, _dots!, _sink, first, end);
        _output.FillBorder(output, first, end);
    }
}
