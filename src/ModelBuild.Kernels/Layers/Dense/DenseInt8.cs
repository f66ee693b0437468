using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>Quantised fully connected layer, from a vector of channels to another (images of 1x1 pixel).</summary>
internal sealed class DenseInt8 : DividedLayer
{
    private readonly ImageBuffer _input;
    private readonly ImageBuffer _output;
    private readonly KernelVariant _variant;
    private readonly DenseWeights _weights;
    private readonly float[] _multipliers;
    private readonly Requantization _requantization;

    /// <param name="input">The input, 1x1.</param>
    /// <param name="output">The output, 1x1.</param>
    /// <param name="weights">[out][in], -127..127.</param>
    /// <param name="bias">[out], at scale input * weight.</param>
    /// <param name="multipliers">[out], input scale * weight scale / output scale.</param>
    /// <param name="minimum">Least output byte.</param>
    /// <param name="maximum">Greatest output byte.</param>
    public DenseInt8(
        ImageBuffer input, ImageBuffer output, sbyte[] weights, int[] bias, float[] multipliers, int inputZeroPoint, int outputZeroPoint,
        int minimum, int maximum)
        : this(KernelVariants.Dense, input, output, weights, bias, multipliers, inputZeroPoint, new Requantization(outputZeroPoint, minimum, maximum))
    {
    }

    /// <summary>The same with a kernel variant of the caller's choice, which this CPU must support.</summary>
    internal DenseInt8(
        KernelVariant variant, ImageBuffer input, ImageBuffer output, sbyte[] weights, int[] bias, float[] multipliers, int inputZeroPoint,
        Requantization requantization)
        : base(DenseWeights.BlocksOf(output.Channels), DenseKernels.Work(weights.Length))
    {
        if (input.Size != 1 || output.Size != 1) throw new ArgumentException("Dense layers take and give images of one pixel.", nameof(input));
        if (bias.Length != output.Channels) throw new ArgumentException("One bias an output is expected.", nameof(bias));
        if (multipliers.Length != output.Channels) throw new ArgumentException("One multiplier an output is expected.", nameof(multipliers));
        _input = input;
        _output = output;
        _variant = variant;
        _weights = new DenseWeights(weights, output.Channels, input.Channels);
        _weights.SetInitial(bias, inputZeroPoint);
        _multipliers = new float[_weights.Initial.Length];
        multipliers.CopyTo(_multipliers, 0);
        _requantization = requantization;
    }

    /// <inheritdoc/>
    public override void Run(Workspace workspace, int first, int end) => Run(workspace.Bytes(_input), workspace.Bytes(_output), first, end);

    /// <summary>Four samples at a time, block by block, so that weights come from memory once for them.</summary>
    public override void Run(ReadOnlySpan<Workspace> samples)
    {
        for (; samples.Length >= DenseKernels.Samples; samples = samples.Slice(DenseKernels.Samples)) RunFour(samples);
        foreach (Workspace sample in samples) Run(sample);
    }

    /// <summary>The blocks <paramref name="first"/> .. <paramref name="end"/> - 1. Reads and writes nothing but the bytes of the two vectors.</summary>
    internal void Run(ReadOnlySpan<byte> input, Span<byte> output, int first, int end)
    {
        Span<int> sums = stackalloc int[DenseWeights.BlockOutputs];
        for (int block = first; block < end; block++)
        {
            DenseKernels.Run(_variant, input, _weights, block, sums);
            Requantize(sums, block, output);
        }
    }

    private void RunFour(ReadOnlySpan<Workspace> samples)
    {
        Span<byte> output0 = samples[0].Bytes(_output), output1 = samples[1].Bytes(_output);
        Span<byte> output2 = samples[2].Bytes(_output), output3 = samples[3].Bytes(_output);
        DenseInputs inputs = new(samples[0].Bytes(_input), samples[1].Bytes(_input), samples[2].Bytes(_input), samples[3].Bytes(_input));
        Span<int> sums = stackalloc int[DenseKernels.Samples * DenseWeights.BlockOutputs];
        for (int block = 0; block < _weights.Blocks; block++)
        {
            DenseKernels.Run(_variant, inputs, _weights, block, sums);
            Requantize(sums, block, output0);
            Requantize(sums.Slice(DenseWeights.BlockOutputs), block, output1);
            Requantize(sums.Slice(2 * DenseWeights.BlockOutputs), block, output2);
            Requantize(sums.Slice(3 * DenseWeights.BlockOutputs), block, output3);
        }
    }

    /// <summary>Brings the accumulators of a block to their places in the output.</summary>
    private void Requantize(ReadOnlySpan<int> sums, int block, Span<byte> output)
    {
        int first = block * DenseWeights.BlockOutputs;
        ReadOnlySpan<float> multipliers = _multipliers.AsSpan(first, DenseWeights.BlockOutputs);
        output = output.Slice(first, Math.Min(DenseWeights.BlockOutputs, output.Length - first));
        for (int i = 0; i < output.Length; i += 4)
        {
            Vector128<float> values = Vector128.ConvertToSingle(Vector128.Create(sums.Slice(i))) * Vector128.Create(multipliers.Slice(i));
            Vector128<int> bytes = _requantization.ToCentered(values) + Vector128.Create(_requantization.ZeroPoint);
            Vector128<short> halves = Vector128.Narrow(bytes, bytes);
            uint quad = Vector128.Narrow(halves.AsUInt16(), halves.AsUInt16()).AsUInt32().ToScalar();
            MemoryMarshal.Write(output.Slice(i), in quad);
        }
    }
}
