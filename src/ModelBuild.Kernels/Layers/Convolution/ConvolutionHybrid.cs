using System;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Convolution, grouped or not, of an image quantised with a range found at run time; gives floats. A strided one takes the phases of its
/// input (<see cref="SplitPhases"/>).
/// </summary>
internal sealed class ConvolutionHybrid : DividedLayer
{
    private readonly ImageBuffer _input;
    private readonly FlatBuffer<float> _output;
    private readonly FlatBuffer<float> _range;
    private readonly ConvolutionUnits _units;
    private readonly KernelVariant _variant;
    private readonly ConvolutionProgram _program;
    private readonly HybridScales _scales;
    private readonly int _vectorPixels;

    /// <param name="input">The input, or its phases when a stride is not 1, the zero point all around.</param>
    /// <param name="output">[..., height, width, out]; the input's pitch holds a row of it.</param>
    /// <param name="range">{scale, zeroPoint} of the input.</param>
    /// <param name="weights">[out][kernelHeight][kernelWidth][channels / groups], -127..127.</param>
    /// <param name="scales">[out], of the weights.</param>
    /// <param name="bias">[out], real.</param>
    /// <param name="channels">Channels of the unsplit input.</param>
    /// <param name="minimum">Least output.</param>
    /// <param name="maximum">Greatest output.</param>
    public ConvolutionHybrid(
        ImageBuffer input, FlatBuffer<float> output, FlatBuffer<float> range, sbyte[] weights, float[] scales, float[] bias,
        int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int dilationHeight, int dilationWidth, int padTop, int padLeft,
        int groups, int channels, float minimum, float maximum)
        : this(
            null, input, output, range, weights, scales, bias,
            new ConvolutionWindow(kernelHeight, kernelWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, padTop, padLeft),
            groups, channels, minimum, maximum)
    {
    }

    /// <summary>The same with a kernel variant of the caller's choice, which this CPU must support; null for the fastest.</summary>
    internal ConvolutionHybrid(
        KernelVariant? variant, ImageBuffer input, FlatBuffer<float> output, FlatBuffer<float> range, sbyte[] weights, float[] scales,
        float[] bias, ConvolutionWindow window, int groups, int channels, float minimum, float maximum)
        : base(UnitsOf(input, output).Count, (long)weights.Length * output.Length / output.Shape[^1])
    {
        if (output.Shape.Length < 3) throw new ArgumentException("The output must be [..., height, width, channels].", nameof(output));
        if (output.Shape[^2] > input.Pitch) throw new ArgumentException("The input's pitch must hold a row of the output.", nameof(input));
        if (bias.Length != output.Shape[^1]) throw new ArgumentException("One bias an output channel is expected.", nameof(bias));
        _input = input;
        _output = output;
        _range = range;
        _units = UnitsOf(input, output);
        _variant = variant ?? ConvolutionProgramBuilder.Choose(input, window, weights, output.Shape[^1], groups, channels);
        _program = ConvolutionProgramBuilder.Build(
            input, window, weights, output.Shape[^1], groups, channels, ConvolutionKernels.NeedsSums16(_variant));
        _scales = new HybridScales(scales, bias, _program.WeightSums, minimum, maximum);
        _vectorPixels = ConvolutionWindow.VectorPixels(input, _program.LastOffset, Span(input, output), int.MaxValue);
    }

    /// <inheritdoc/>
    public override void Run(Workspace workspace, int first, int end) =>
        Run(workspace.Bytes(_input), workspace.Elements(_range), workspace.Elements(_output), first, end);

    /// <summary>The units <paramref name="first"/> .. <paramref name="end"/> - 1. Reads and writes nothing but these three.</summary>
    internal void Run(ReadOnlySpan<byte> input, ReadOnlySpan<float> range, Span<float> output, int first, int end)
    {
        ConvolutionHybridSink sink = new(_scales, range, _output, _input.Pitch);
        ConvolutionKernels.Run(_variant, input, MemoryMarshal.AsBytes(output), _program, sink, _vectorPixels, _units.Tile(first, end));
    }

    /// <summary>The output has the input's pitch while it is computed.</summary>
    private static int Span(ImageBuffer input, FlatBuffer<float> output) => (output.Shape[^3] - 1) * input.Pitch + output.Shape[^2];

    private static ConvolutionUnits UnitsOf(ImageBuffer input, FlatBuffer<float> output) => new((output.Shape[^1] + 3) / 4, Span(input, output));
}
