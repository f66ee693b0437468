using System;

namespace ModelBuild.Kernels;

/// <summary>What a depthwise convolution of floats with one output a channel reads.</summary>
/// <param name="shape">Sizes.</param>
/// <param name="input">[height][width][channels].</param>
/// <param name="weights">[kernel height][kernel width][channels].</param>
/// <param name="bias">One a channel.</param>
/// <param name="minimum">Least result.</param>
/// <param name="maximum">Greatest result.</param>
internal readonly ref struct DepthwiseFloatOperands(
    ConvolutionShape shape, ReadOnlySpan<float> input, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, float minimum, float maximum)
{
    public ConvolutionShape Shape { get; } = shape;
    public ReadOnlySpan<float> Input { get; } = input.Slice(0, shape.InputLength);
    public ReadOnlySpan<float> Weights { get; } = weights.Slice(0, shape.Taps * shape.InputChannels);
    public ReadOnlySpan<float> Bias { get; } = bias.Slice(0, shape.InputChannels);
    public float Minimum { get; } = minimum;
    public float Maximum { get; } = maximum;
}
