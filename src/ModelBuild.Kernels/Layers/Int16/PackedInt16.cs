using System;
using System.Collections.Generic;

namespace ModelBuild.Kernels;

/// <summary>
/// Weights of a convolution over 16-bit integers in the order in which the kernel reads them: blocks of two vectors of output channels,
/// each [taps][pairs of inputs][outputs of the block], a pair being two 16-bit weights in 32 bits; what is missing is zero.
/// </summary>
internal sealed class PackedInt16
{
    // Weights whose magnitudes add up to no more than this times 32,768, the greatest input, stay within 32 bits.
    private const int MostWeight = ushort.MaxValue;

    /// <param name="shape">Sizes.</param>
    /// <param name="weights">[outputs][kernel height][kernel width][inputs of a group].</param>
    /// <param name="multipliers">[outputs], input scale * weight scale / output scale.</param>
    /// <param name="bias">[outputs], in steps of the output.</param>
    /// <param name="lanes">Width of the vectors: 1, 4, 8 or 16.</param>
    public PackedInt16(ConvolutionShape shape, sbyte[] weights, float[] multipliers, float[] bias, int lanes)
    {
        shape.Check();
        BufferChecks.Require(weights.Length == shape.Weights, "number of weights");
        BufferChecks.Require(bias.Length == shape.OutputChannels && multipliers.Length == bias.Length, "number of biases or multipliers");
        Shape = shape;
        Lanes = lanes;
        BlockOutputs = 2 * lanes;
        GroupBlocks = (shape.GroupOutputs + BlockOutputs - 1) / BlockOutputs;
        Pairs = (shape.GroupInputs + 1) / 2;
        int blocks = shape.Groups * GroupBlocks;
        Weights = new int[blocks * BlockWeights];
        Multipliers = new float[blocks * BlockOutputs];
        Bias = new float[blocks * BlockOutputs];
        Zeros = new short[2 * Pairs];
        for (int output = 0; output < shape.OutputChannels; output++)
        {
            int group = output / shape.GroupOutputs;
            int inGroup = output % shape.GroupOutputs;
            int block = group * GroupBlocks + inGroup / BlockOutputs;
            int lane = inGroup % BlockOutputs;
            Multipliers[block * BlockOutputs + lane] = multipliers[output];
            Bias[block * BlockOutputs + lane] = bias[output];
            for (int tap = 0; tap < shape.Taps; tap++)
            {
                ReadOnlySpan<sbyte> row = weights.AsSpan((output * shape.Taps + tap) * shape.GroupInputs, shape.GroupInputs);
                int place = block * BlockWeights + tap * Pairs * BlockOutputs + lane;
                for (int i = 0; i < row.Length; i += 2, place += BlockOutputs)
                {
                    Weights[place] = Int16Pair.Of(row[i], i + 1 < row.Length ? row[i + 1] : (short)0);
                }
            }
        }
        Runs = FindRuns(shape, weights);
        foreach (Int16Run run in Runs) Flushes += run.Flush ? 1 : 0;
    }

    public ConvolutionShape Shape { get; }

    /// <summary>Width of the vectors.</summary>
    public int Lanes { get; }

    /// <summary>Output channels of a block: two vectors.</summary>
    public int BlockOutputs { get; }

    /// <summary>Blocks of a group.</summary>
    public int GroupBlocks { get; }

    /// <summary>Pairs of inputs of a group, the last one perhaps of one.</summary>
    public int Pairs { get; }

    /// <summary>Pairs of weights of a block.</summary>
    public int BlockWeights => Shape.Taps * Pairs * BlockOutputs;

    public int[] Weights { get; }

    public float[] Multipliers { get; }

    public float[] Bias { get; }

    /// <summary>A pixel outside the image.</summary>
    public short[] Zeros { get; }

    /// <summary>What is summed one after the other.</summary>
    public Int16Run[] Runs { get; }

    /// <summary>How often sums go from 32 to 64 bits; 1 where 32 are enough for all.</summary>
    public int Flushes { get; }

    /// <summary>
    /// Whole taps as a rule. Where the magnitudes of an output's weights add up to more than 32-bit sums can take, runs end in time.
    /// </summary>
    private static Int16Run[] FindRuns(ConvolutionShape shape, sbyte[] weights)
    {
        List<Int16Run> runs = [];
        int[] magnitudes = new int[shape.OutputChannels];
        for (int tap = 0; tap < shape.Taps; tap++)
        {
            int first = 0;
            for (int i = 0; i < shape.GroupInputs; i += 2)
            {
                if (Fits(shape, weights, tap, i, magnitudes)) continue;
                if (i > first) runs.Add(new Int16Run(tap, first / 2, i / 2, true));
                else runs[^1] = runs[^1] with { Flush = true };
                Array.Clear(magnitudes);
                Fits(shape, weights, tap, i, magnitudes);
                first = i;
            }
            runs.Add(new Int16Run(tap, first / 2, (shape.GroupInputs + 1) / 2, tap == shape.Taps - 1));
        }
        return [.. runs];
    }

    /// <summary>Adds a pair of inputs to the sums of magnitudes; false if one is then too great.</summary>
    private static bool Fits(ConvolutionShape shape, sbyte[] weights, int tap, int input, int[] magnitudes)
    {
        bool fits = true;
        for (int output = 0; output < magnitudes.Length; output++)
        {
            int place = (output * shape.Taps + tap) * shape.GroupInputs + input;
            magnitudes[output] += Math.Abs((int)weights[place]) + (input + 1 < shape.GroupInputs ? Math.Abs((int)weights[place + 1]) : 0);
            fits &= magnitudes[output] <= MostWeight;
        }
        return fits;
    }
}

/// <summary>Pairs [First, End) of the inputs under a tap.</summary>
/// <param name="Tap">Number of the tap.</param>
/// <param name="First">First pair.</param>
/// <param name="End">Pair after the last one.</param>
/// <param name="Flush">Sums are then moved to 64 bits.</param>
internal readonly record struct Int16Run(int Tap, int First, int End, bool Flush);
