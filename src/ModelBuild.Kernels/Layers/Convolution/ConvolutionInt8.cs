using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Quantised convolution, grouped or not, of images with one pitch. A strided one takes the phases of its input
/// (<see cref="SplitPhases"/>).
/// </summary>
internal sealed class ConvolutionInt8 : DividedLayer
{
    private readonly ImageBuffer _input;
    private readonly ImageBuffer _output;
    private readonly ConvolutionUnits _units;
    private readonly KernelVariant _variant;
    private readonly ConvolutionProgram _program;
    private readonly ConvolutionInt8Sink _sink;
    private readonly int _vectorPixels;

    /// <param name="input">The input, or its phases when a stride is not 1.</param>
    /// <param name="output">The output, of the same pitch.</param>
    /// <param name="weights">[out][kernelHeight][kernelWidth][channels / groups], -127..127.</param>
    /// <param name="bias">[out], at scale input * weight.</param>
    /// <param name="multipliers">[out], input scale * weight scale / output scale.</param>
    /// <param name="channels">Channels of the unsplit input.</param>
    /// <param name="minimum">Least output byte.</param>
    /// <param name="maximum">Greatest output byte.</param>
    public ConvolutionInt8(
        ImageBuffer input, ImageBuffer output, sbyte[] weights, int[] bias, float[] multipliers, int kernelHeight, int kernelWidth,
        int strideHeight, int strideWidth, int dilationHeight, int dilationWidth, int padTop, int padLeft, int groups, int channels,
        int inputZeroPoint, int outputZeroPoint, int minimum, int maximum)
        : this(
            null, input, output, weights, bias, multipliers,
            new ConvolutionWindow(kernelHeight, kernelWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, padTop, padLeft),
            groups, channels, inputZeroPoint, new Requantization(outputZeroPoint, minimum, maximum))
    {
    }

    /// <summary>The same with a kernel variant of the caller's choice, which this CPU must support; null for the fastest.</summary>
    internal ConvolutionInt8(
        KernelVariant? variant, ImageBuffer input, ImageBuffer output, sbyte[] weights, int[] bias, float[] multipliers,
        ConvolutionWindow window, int groups, int channels, int inputZeroPoint, Requantization requantization)
        : base(new ConvolutionUnits(output.Quads, output.Span).Count, (long)weights.Length * output.Span)
    {
        if (input.Pitch != output.Pitch && output.Height > 1) throw new ArgumentException("Input and output must have one pitch.", nameof(output));
        if (bias.Length != output.Channels) throw new ArgumentException("One bias an output channel is expected.", nameof(bias));
        _input = input;
        _output = output;
        _units = new ConvolutionUnits(output.Quads, output.Span);
        _variant = variant ?? ConvolutionProgramBuilder.Choose(input, window, weights, output.Channels, groups, channels);
        _program = ConvolutionProgramBuilder.Build(
            input, window, weights, output.Channels, groups, channels, ConvolutionKernels.NeedsSums16(_variant));
        _program.SetInitial(bias, inputZeroPoint);
        bool floatSums = _program.TryMakeFloat(_variant, multipliers, weights.Length / output.Channels);
        _sink = new ConvolutionInt8Sink(output, multipliers, requantization, floatSums);
        _vectorPixels = ConvolutionWindow.VectorPixels(input, _program.LastOffset, output.Span, output.Size - output.Origin);
    }

    /// <inheritdoc/>
    public override void Run(Workspace workspace, int first, int end) => Run(workspace.Bytes(_input), workspace.Bytes(_output), first, end);

    /// <summary>The units <paramref name="first"/> .. <paramref name="end"/> - 1. Reads and writes nothing but the bytes of the two images.</summary>
    internal void Run(ReadOnlySpan<byte> input, Span<byte> output, int first, int end)
    {
        ImageTile tile = _units.Tile(first, end);
        ConvolutionKernels.Run(_variant, input, output, _program, _sink, _vectorPixels, tile);
        _output.FillBorder(output, tile);
    }
}
