using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>Makes the <see cref="ConvolutionProgram"/> of a layer from its weights.</summary>
internal sealed class ConvolutionProgramBuilder
{
    private readonly ImageBuffer _input;
    private readonly sbyte[] _weights;
    private readonly int _taps;
    private readonly int _outputs;
    private readonly int _outputsPerGroup;
    private readonly int _channelsPerGroup;
    private readonly int[] _tapOffsets;
    private readonly int[] _weightSums;
    private readonly bool _sums16;

    private ConvolutionProgramBuilder(
        ImageBuffer input, ConvolutionWindow window, sbyte[] weights, int outputs, int groups, int channels, bool sums16)
    {
        if (groups < 1 || channels % groups != 0 || outputs % groups != 0)
            throw new ArgumentException($"{channels} channels and {outputs} outputs do not make {groups} groups.", nameof(groups));
        _channelsPerGroup = channels / groups;
        _taps = window.Taps;
        if (weights.Length != outputs * _taps * _channelsPerGroup)
            throw new ArgumentException($"{weights.Length} weights, {outputs} x {_taps} x {_channelsPerGroup} expected.", nameof(weights));
        if (Array.IndexOf(weights, sbyte.MinValue) >= 0) throw new ArgumentException("Weights lie in -127..127.", nameof(weights));
        _input = input;
        _weights = weights;
        _outputs = outputs;
        _outputsPerGroup = outputs / groups;
        _weightSums = new int[(outputs + 3) / 4 * 4];
        _tapOffsets = new int[_taps];
        _sums16 = sums16;
        int quads = window.CheckedQuads(input, channels);
        for (int tap = 0; tap < _taps; tap++) _tapOffsets[tap] = window.TapOffset(input, tap, quads);
    }

    /// <param name="input">The input, or its phases.</param>
    /// <param name="window">Where the taps fall.</param>
    /// <param name="weights">[outputs][taps][channels / groups], -127..127.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="groups">Groups of channels that see nothing of each other.</param>
    /// <param name="channels">Channels of the unsplit input.</param>
    /// <param name="sums16">
    /// True to make runs whose 16-bit sums are safe, splitting entries where needed; false for kernels with exact products, which get
    /// each entry once, in runs of one.
    /// </param>
    public static ConvolutionProgram Build(
        ImageBuffer input, ConvolutionWindow window, sbyte[] weights, int outputs, int groups, int channels, bool sums16) =>
        new ConvolutionProgramBuilder(input, window, weights, outputs, groups, channels, sums16).Build();

    /// <summary>Chooses the kernel variant of a layer by a few of its outputs: wide vectors pay where their runs are long.</summary>
    /// <inheritdoc cref="Build(ImageBuffer, ConvolutionWindow, sbyte[], int, int, int, bool)"/>
    public static KernelVariant Choose(ImageBuffer input, ConvolutionWindow window, sbyte[] weights, int outputs, int groups, int channels)
    {
        (KernelVariant usual, KernelVariant small) = (KernelVariants.Convolution, KernelVariants.ConvolutionOfSmallWeights);
        return small != usual && new ConvolutionProgramBuilder(input, window, weights, outputs, groups, channels, true).HasLongRuns() ? small : usual;
    }

    private bool HasLongRuns()
    {
        // Blocks of four outputs to look at, and steps an entry up to which wide vectors were measured to be faster.
        const int Looks = 2;
        const double MostSteps = 1.5;
        int looks = Math.Min(Looks, _weightSums.Length / 4);
        int[] entries = new int[_taps * (_input.Quads + 1) * ConvolutionProgram.EntryLength];
        ConvolutionRuns runs = new(_taps * (_input.Quads + 1));
        long wanted = 0;
        long steps = 0;
        int lastOffset = 0;
        for (int look = 0; look < looks; look++)
        {
            int length = WriteEntries(look * (_weightSums.Length / 4) / looks * 4, entries, ref lastOffset);
            runs.Set(entries.AsSpan(0, length));
            wanted += length / ConvolutionProgram.EntryLength;
            steps += runs.Steps;
        }
        return steps <= MostSteps * wanted;
    }

    private ConvolutionProgram Build()
    {
        int blocks = _weightSums.Length / 4;
        int[] starts = new int[blocks];
        // What it takes if each weight is there once, between two lengths and a 0; groups, splitting and more runs make it grow.
        int[] code = GC.AllocateUninitializedArray<int>(blocks * (_taps * ((_channelsPerGroup + 3) / 4) * ConvolutionProgram.EntryLength + 3));
        ConvolutionRuns? runs = _sums16 ? new ConvolutionRuns(_taps * (_input.Quads + 1)) : null;
        int[] entries = runs is null ? [] : new int[_taps * (_input.Quads + 1) * ConvolutionProgram.EntryLength];
        int length = 0;
        int lastOffset = 0;
        for (int block = 0; block < blocks; block++)
        {
            runs?.Set(entries.AsSpan(0, WriteEntries(block * 4, entries, ref lastOffset)));
            int bound = length + (runs?.CodeBound ?? EntriesBound(block * 4) + 2) + 1;
            if (bound > code.Length) Array.Resize(ref code, Math.Max(bound, Math.Min(bound * 2, bound + 1_000_000)));
            starts[block] = length;
            length += runs?.Write(code.AsSpan(length)) ?? WriteEach(block * 4, code.AsSpan(length), ref lastOffset);
            code[length++] = 0;
        }
        return new ConvolutionProgram(code, starts, _weightSums, lastOffset);
    }

    /// <summary>Writes the entries that outputs <paramref name="output"/> .. + 3 take, in no runs yet.</summary>
    /// <param name="output">The first output.</param>
    /// <param name="entries">Receives the entries.</param>
    /// <param name="lastOffset">Is raised to the greatest offset.</param>
    /// <returns>Integers written.</returns>
    /// <remarks>Optimised at its first call: all of a model's weights pass through here once, and the first result waits for them.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int WriteEntries(int output, Span<int> entries, ref int lastOffset)
    {
        (int firstChannel, int endChannel) = Channels(output);
        bool whole = _channelsPerGroup % 4 == 0 && endChannel - firstChannel == _channelsPerGroup && output + 4 <= _outputs;
        int planeBytes = _input.Size * 4;
        int length = 0;
        Vector128<int> sums = default;
        for (int tap = 0; tap < _taps; tap++)
        {
            for (int quad = firstChannel / 4; quad * 4 < endChannel; quad++)
            {
                Vector128<int> block = whole ? Whole(output, tap, quad * 4 - firstChannel) : Gather(output, tap, quad * 4);
                if (block == Vector128<int>.Zero) continue;
                int offset = _tapOffsets[tap] + quad * planeBytes;
                lastOffset = Math.Max(lastOffset, offset);
                sums += QuadSums(block);
                entries[length] = offset;
                block.CopyTo(entries.Slice(length + 1));
                length += ConvolutionProgram.EntryLength;
            }
        }
        sums.CopyTo(_weightSums, output);
        return length;
    }

    /// <summary>Writes the entries of four outputs as one segment of runs of one.</summary>
    /// <returns>Integers written.</returns>
    private int WriteEach(int output, Span<int> code, ref int lastOffset)
    {
        int length = WriteEntries(output, code.Slice(2), ref lastOffset);
        if (length == 0) return 0;
        code[0] = 1;
        code[1] = length / ConvolutionProgram.EntryLength;
        return length + 2;
    }

    /// <summary>Most integers that <see cref="WriteEntries"/> may write.</summary>
    private int EntriesBound(int output)
    {
        (int firstChannel, int endChannel) = Channels(output);
        return _taps * ((endChannel + 3) / 4 - firstChannel / 4) * ConvolutionProgram.EntryLength;
    }

    /// <summary>The channels that outputs <paramref name="output"/> .. + 3 see.</summary>
    private (int First, int End) Channels(int output)
    {
        int lastGroup = Math.Min(output + 3, _outputs - 1) / _outputsPerGroup;
        return (output / _outputsPerGroup * _channelsPerGroup, (lastGroup + 1) * _channelsPerGroup);
    }

    /// <summary>Weights of four outputs of one group, all four channels of which belong to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<int> Whole(int output, int tap, int channelInGroup)
    {
        int row = _taps * _channelsPerGroup;
        ReadOnlySpan<sbyte> first = _weights.AsSpan(output * row + tap * _channelsPerGroup + channelInGroup);
        return Vector128.Create(Quad(first), Quad(first.Slice(row)), Quad(first.Slice(row * 2)), Quad(first.Slice(row * 3)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Quad(ReadOnlySpan<sbyte> weights) => MemoryMarshal.Read<int>(MemoryMarshal.AsBytes(weights));

    /// <summary>Weights of four outputs and four channels, zero where an output or its group's channel does not exist.</summary>
    private Vector128<int> Gather(int output, int tap, int channel)
    {
        Vector128<sbyte> block = default;
        for (int i = 0; i < 16; i++)
        {
            int o = output + i / 4;
            if (o >= _outputs) break;
            int channelInGroup = channel + i % 4 - o / _outputsPerGroup * _channelsPerGroup;
            if (channelInGroup < 0 || channelInGroup >= _channelsPerGroup) continue;
            block = block.WithElement(i, _weights[(o * _taps + tap) * _channelsPerGroup + channelInGroup]);
        }
        return block.AsInt32();
    }

    /// <summary>The sum of the four bytes of each integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> QuadSums(Vector128<int> weights) =>
        (weights << 24 >> 24) + (weights << 16 >> 24) + (weights << 8 >> 24) + (weights >> 24);
}
