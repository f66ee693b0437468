using System;

namespace ModelBuild.Kernels;

/// <summary>Fully connected layer of a vector quantised with a range found at run time; gives floats.</summary>
internal sealed class DenseHybrid : DividedLayer
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
        : base(DenseWeights.BlocksOf(output.Length), DenseKernels.Work(weights.Length))
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
    public override void Run(Workspace workspace, int first, int end) =>
        Run(workspace.Bytes(_input), workspace.Elements(_range), workspace.Elements(_output), first, end);

    /// <summary>All samples, block by block, so that the weights come from memory once.</summary>
    public override void Run(ReadOnlySpan<Workspace> samples)
    {
        for (int block = 0; block < _weights.Blocks; block++)
            foreach (Workspace sample in samples) Run(sample, block, block + 1);
    }

    /// <summary>The blocks <paramref name="first"/> .. <paramref name="end"/> - 1. Reads and writes nothing but these three.</summary>
    internal void Run(ReadOnlySpan<byte> input, ReadOnlySpan<float> range, Span<float> output, int first, int end)
    {
        Span<int> sums = stackalloc int[DenseWeights.BlockOutputs];
        for (int block = first; block < end; block++)
        {
            DenseKernels.Run(_variant, input, _weights, block, sums);
            int channel = block * DenseWeights.BlockOutputs;
            int outputs = Math.Min(DenseWeights.BlockOutputs, output.Length - channel);
            for (int i = 0; i < outputs; i++) output[channel + i] = _scales.ToFloat(sums[i], channel + i, range[0], (int)range[1]);
        }
    }
}
