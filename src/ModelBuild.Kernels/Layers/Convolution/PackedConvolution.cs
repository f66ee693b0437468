using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Weights and bias of a float convolution in the order in which the kernel reads them: blocks of <see cref="BlockOutputs"/>
/// output channels, each [taps][inputs of the group][BlockOutputs], the last block of a group filled up with zeros.
/// </summary>
internal sealed class PackedConvolution
{
    /// <param name="shape">Sizes.</param>
    /// <param name="weights">[kernel height][kernel width][inputs of a group][outputs], TensorFlow's order.</param>
    /// <param name="bias">One an output, or none.</param>
    public PackedConvolution(ConvolutionShape shape, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        shape.Check();
        BufferChecks.Require(weights.Length == shape.Weights, "number of weights");
        BufferChecks.Require(bias.Length == shape.OutputChannels || bias.IsEmpty, "number of biases");
        Shape = shape;
        Lanes = ConvolutionFloat.LanesFor(shape.GroupOutputs);
        BlockOutputs = 2 * Lanes;
        GroupBlocks = (shape.GroupOutputs + BlockOutputs - 1) / BlockOutputs;
        Weights = new float[shape.Groups * GroupBlocks * BlockWeights];
        Bias = new float[shape.Groups * GroupBlocks * BlockOutputs];
        Zeros = new float[shape.GroupInputs];
        for (int output = 0; output < shape.OutputChannels; output++)
        {
            int group = output / shape.GroupOutputs;
            int inGroup = output % shape.GroupOutputs;
            int block = group * GroupBlocks + inGroup / BlockOutputs;
            int lane = inGroup % BlockOutputs;
            if (!bias.IsEmpty) Bias[block * BlockOutputs + lane] = bias[output];
            int from = output;
            int to = block * BlockWeights + lane;
            for (int i = 0; i < shape.Taps * shape.GroupInputs; i++, from += shape.OutputChannels, to += BlockOutputs)
            {
                Weights[to] = weights[from];
            }
        }
    }

    public ConvolutionShape Shape { get; }

    /// <summary>Width of the vectors: 1, 4, 8 or 16 floats.</summary>
    public int Lanes { get; }

    /// <summary>Output channels of a block: two vectors.</summary>
    public int BlockOutputs { get; }

    /// <summary>Blocks of a group.</summary>
    public int GroupBlocks { get; }

    /// <summary>Weights of a block.</summary>
    public int BlockWeights => Shape.Taps * Shape.GroupInputs * BlockOutputs;

    public float[] Weights { get; }

    public float[] Bias { get; }

    /// <summary>A pixel outside the image: as many zeros as a group has inputs.</summary>
    public float[] Zeros { get; }
}
