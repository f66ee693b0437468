using System;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Depthwise convolution, one filter a channel, of an image quantised with a range found at run time; gives floats. A strided one
/// takes the phases of its input (<see cref="SplitPhases"/>).
/// </summary>
internal sealed class DepthwiseHybrid : DividedLayer
{
    private readonly ImageBuffer _input;
    private readonly FlatBuffer<float> _output;
    private readonly FlatBuffer<float> _range;
    private readonly KernelVariant _variant;
    private readonly DepthwiseProgram _program;
    private readonly HybridScales _scales;
    private readonly int _span;
    private readonly int _vectorPixels;

    /// <param name="input">The input, or its phases when a stride is not 1, the zero point all around.</param>
    /// <param name="output">[..., height, width, channels]; the input's pitch holds a row of it.</param>
    /// <param name="range">{scale, zeroPoint} of the input.</param>
    /// <param name="weights">[channels][kernelHeight][kernelWidth], -127..127.</param>
    /// <param name="scales">[channels], of the weights.</param>
    /// <param name="bias">[channels], real.</param>
    /// <param name="channels">Channels of the unsplit input.</param>
    /// <param name="minimum">Least output.</param>
    /// <param name="maximum">Greatest output.</param>
    public DepthwiseHybrid(
        ImageBuffer input, FlatBuffer<float> output, FlatBuffer<float> range, sbyte[] weights, float[] scales, float[] bias,
        int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int dilationHeight, int dilationWidth, int padTop, int padLeft,
        int channels, float minimum, float maximum)
        : this(
            KernelVariants.Depthwise, input, output, range, weights, scales, bias,
            new ConvolutionWindow(kernelHeight, kernelWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, padTop, padLeft),
            channels, minimum, maximum)
    {
    }

    /// <summary>The same with a kernel variant of the caller's choice, which this CPU must support.</summary>
    internal DepthwiseHybrid(
        KernelVariant variant, ImageBuffer input, FlatBuffer<float> output, FlatBuffer<float> range, sbyte[] weights, float[] scales,
        float[] bias, ConvolutionWindow window, int channels, float minimum, float maximum)
        : base((bias.Length + 3) / 4, DepthwiseKernels.Work(weights.Length, output.Length / output.Shape[^1]))
    {
        if (output.Shape.Length < 3) throw new ArgumentException("The output must be [..., height, width, channels].", nameof(output));
        if (output.Shape[^2] > input.Pitch) throw new ArgumentException("The input's pitch must hold a row of the output.", nameof(input));
        if (bias.Length != output.Shape[^1]) throw new ArgumentException("One bias an output channel is expected.", nameof(bias));
        _input = input;
        _output = output;
        _range = range;
        _variant = variant;
        if (output.Shape[^1] != channels) throw new ArgumentException("Input and output must have the same channels.", nameof(output));
        DepthwiseSums sums = new(weights, channels, window.Taps);
        _program = new DepthwiseProgram(input, window, weights, sums.Initial, channels);
        _scales = new HybridScales(scales, bias, sums.Weights, minimum, maximum);
        _span = (output.Shape[^3] - 1) * input.Pitch + output.Shape[^2];
        _vectorPixels = ConvolutionWindow.VectorPixels(input, _program.LastOffset, _span, int.MaxValue);
    }

    /// <inheritdoc/>
    public override void Run(Workspace workspace, int first, int end) =>
        Run(workspace.Bytes(_input), workspace.Elements(_range), workspace.Elements(_output), first, end);

    /// <summary>The quads <paramref name="first"/> .. <paramref name="end"/> - 1. Reads and writes nothing but these three.</summary>
    internal void Run(ReadOnlySpan<byte> input, ReadOnlySpan<float> range, Span<float> output, int first, int end)
    {
        ConvolutionHybridSink sink = new(_scales, range, _output, _input.Pitch);
        ImageTile tile = new(first, end, 0, _span);
        DepthwiseKernels.Run(_variant, input, MemoryMarshal.AsBytes(output), _program, sink, _vectorPixels, tile);
    }
}
