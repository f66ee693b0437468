using System;

namespace ModelBuild.Kernels;

/// <summary>Fully connected layer of a vector quantised with a range found at run time; gives floats.</summary>
internal sealed class DenseHybrid : Layer
{
    private readonly ImageBuffer _input;
    private readonly FlatBuffer<float> _output;
    private readonly FlatBuffer<float> _range;
    private readonly KernelVariant _variant;
    private readonly DenseWeights _weights;
    private readonly HybridScales _scales;

    /// <param name="input">The input, 1x1.</param>
    /// <param name="output">As many floats as there are outputs.</param>
    /// <param name="range">{scale, zeroPoint} of the input.</param>
    /// <param name="weights">[out][in], -127..127.</param>
    /// <param name="scales">[out], of the weights.</param>
    /// <param name="bias">[out], real.</param>
    /// <param name="minimum">Least output.</param>
    /// <param name="maximum">Greatest output.</param>
    public DenseHybrid(
        ImageBuffer input, FlatBuffer<float> output, FlatBuffer<float> range, sbyte[] weights, float[] scales, float[] bias, float minimum,
        float maximum)
        : this(KernelVariants.Dense, input, output, range, weights, scales, bias, minimum, maximum)
    {
    }

    /// <summary>The same with a kernel variant of the caller's choice, which this CPU must support.</summary>
    internal DenseHybrid(
        KernelVariant variant, ImageBuffer input, FlatBuffer<float> output, FlatBuffer<float> range, sbyte[] weights, float[] scales,
        float[] bias, float minimum, float maximum)
    {
        if (input.Size != 1) throw new ArgumentException("Dense layers take images of one pixel.", nameof(input));
        if (bias.Length != output.Length) throw new ArgumentException("One bias an output is expected.", nameof(bias));
        _input = input;
        _output = output;
        _range = range;
        _variant = variant;
        _weights = new DenseWeights(weights, output.Length, input.Channels);
        _scales = new HybridScales(scales, bias, _weights.Sums, minimum, maximum);
    }

    /// <inheritdoc/>
    public override void Run(Workspace workspace) =>
        Run(workspace.Bytes(_input), workspace.Elements(_range), workspace.Elements(_output));

    /// <summary>Reads and writes nothing but these three.</summary>
    internal void Run(ReadOnlySpan<byte> input, ReadOnlySpan<float> range, Span<float> output)
    {
        Span<int> sums = stackalloc int[DenseWeights.BlockOutputs];
        for (int block = 0; block < _weights.Blocks; block++)
        {
            DenseKernels.Run(_variant, input, _weights, block, sums);
            int first = block * DenseWeights.BlockOutputs;
            int outputs = Math.Min(DenseWeights.BlockOutputs, output.Length - first);
            for (int i = 0; i < outputs; i++) output[first + i] = _scales.ToFloat(sums[i], first + i, range[0], (int)range[1]);
        }
    }
}
