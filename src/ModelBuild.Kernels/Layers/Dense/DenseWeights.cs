using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>The weights of a dense layer in the order in which its kernels read them: [outputs / 16][inputs / 4][16][4], filled with zeros.</summary>
internal sealed class DenseWeights
{
    /// <summary>Outputs of a block.</summary>
    public const int BlockOutputs = 16;

    /// <summary>Bytes that a block has for a quad of inputs.</summary>
    public const int QuadBytes = BlockOutputs * 4;

    /// <param name="weights">[outputs][inputs], -127..127.</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="inputs">Inputs.</param>
    public DenseWeights(sbyte[] weights, int outputs, int inputs)
    {
        if (weights.Length != outputs * inputs) throw new ArgumentException($"{weights.Length} weights, {outputs} x {inputs} expected.", nameof(weights));
        Quads = (inputs + 3) / 4;
        Blocks = BlocksOf(outputs);
        Packed = GC.AllocateUninitializedArray<sbyte>(Blocks * Quads * QuadBytes);
        Sums = new int[Blocks * BlockOutputs];
        Initial = new int[Blocks * BlockOutputs];
        for (int block = 0; block < Blocks; block++) Pack(weights, block, outputs, inputs);
    }

    /// <summary>The weights.</summary>
    public sbyte[] Packed { get; }

    /// <summary>Groups of four inputs.</summary>
    public int Quads { get; }

    /// <summary>Groups of sixteen outputs.</summary>
    public int Blocks { get; }

    /// <summary>For each output, up to a multiple of sixteen, the sum of its weights.</summary>
    public int[] Sums { get; }

    /// <summary>What the accumulator of each output starts with, up to a multiple of sixteen.</summary>
    public int[] Initial { get; }

    /// <summary>Groups of sixteen that <paramref name="outputs"/> make.</summary>
    public static int BlocksOf(int outputs) => (outputs + BlockOutputs - 1) / BlockOutputs;

    /// <summary>The weights of a block.</summary>
    public ReadOnlySpan<sbyte> PackedOf(int block) => Packed.AsSpan(block * Quads * QuadBytes, Quads * QuadBytes);

    /// <summary>What the accumulators of a block start with.</summary>
    public ReadOnlySpan<int> InitialOf(int block) => Initial.AsSpan(block * BlockOutputs, BlockOutputs);

    /// <summary>The sums of a block's weights.</summary>
    public ReadOnlySpan<int> SumsOf(int block) => Sums.AsSpan(block * BlockOutputs, BlockOutputs);

    /// <summary>Brings the weights of a block to their places and adds them up.</summary>
    private void Pack(sbyte[] weights, int block, int outputs, int inputs)
    {
        Span<int> packed = MemoryMarshal.Cast<sbyte, int>(Packed.AsSpan(block * Quads * QuadBytes, Quads * QuadBytes));
        for (int i = 0; i < BlockOutputs; i++)
        {
            int output = block * BlockOutputs + i;
            ReadOnlySpan<sbyte> row = output < outputs ? weights.AsSpan(output * inputs, inputs) : default;
            Sums[output] = PackRow(row, packed.Slice(i));
        }
    }

    /// <summary>Brings the weights of an output to every sixteenth place.</summary>
    /// <returns>Their sum.</returns>
    /// <remarks>Optimised at its first call, for which the first result waits.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int PackRow(ReadOnlySpan<sbyte> row, Span<int> packed)
    {
        int sum = 0, place = 0;
        for (; row.Length >= 4; row = row.Slice(4), place += BlockOutputs)
        {
            packed[place] = MemoryMarshal.Read<int>(MemoryMarshal.AsBytes(row));
            sum += row[0] + row[1] + row[2] + row[3];
        }
        Span<sbyte> rest = stackalloc sbyte[4];
        rest.Clear();
        row.CopyTo(rest);
        for (; place < packed.Length; place += BlockOutputs)
        {
            packed[place] = MemoryMarshal.Read<int>(MemoryMarshal.AsBytes(rest));
            sum += rest[0] + rest[1] + rest[2] + rest[3];
            rest.Clear();
        }
        return sum;
    }

    /// <summary>Starts the accumulators with bias - inputZeroPoint * sum(weights).</summary>
    public void SetInitial(int[] bias, int inputZeroPoint)
    {
        for (int output = 0; output < bias.Length; output++) Initial[output] = bias[output] - inputZeroPoint * Sums[output];
    }
}
